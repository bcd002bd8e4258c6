"""What a week says does not move with what happens after it: only records about instants of the week change it."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from builders import at
from closed_week import later
from days import golden_week, passes

MONDAY, MONTH_LATER = at("2026-11-16T09:20:00"), at("2026-12-17T09:20:00")
ASKED = {"client": "brackwater", "week": "2026-W46"}
_OF = {"client": "brackwater"}


@pytest.fixture
async def golden(bare: Any) -> Any:
    return await golden_week(bare, MONDAY)


_AHEAD = ("now", "decide", "text")
"""What looks ahead from the instant at which it is asked: what is to be decided, and the page with it."""


def told(value: Any) -> dict[str, Any]:
    """Everything that a week says of itself."""
    return {key: one for key, one in msgspec.to_builtins(value).items() if key not in _AHEAD}


def moved(before: dict[str, Any], after: dict[str, Any], place: str = "") -> list[str]:
    """Where the second says something else."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys = sorted(before.keys() | after.keys())
        return [one for key in keys for one in moved(before.get(key), after.get(key), f"{place}.{key}")]
    if isinstance(before, list | tuple) and isinstance(after, list | tuple) and len(before) == len(after):
        return [one for n, pair in enumerate(zip(before, after, strict=True)) for one in moved(*pair, f"{place}.{n}")]
    return [] if before == after else [f"{place}: {before!r} → {after!r}"]


async def test_a_week_says_the_same_a_month_later(golden: Any) -> None:
    before = told(await golden.page("week", **ASKED))

    await passes(golden, MONTH_LATER)
    assert moved(before, told(await golden.page("week", **ASKED))) == []

    for one in later():
        done = await golden.do("import-records", text=json.dumps({**_OF, **one}))
        assert (done.new, done.problems) == (1, ()), one
        assert moved(before, told(await golden.page("week", **ASKED))) == [], one


async def test_every_number_of_a_week_opens_to_what_it_was_made_from(golden: Any) -> None:
    week = await golden.page("week", **ASKED)
    assert {one.kpi for one in week.figures} >= {f"K{number}" for number in range(1, 26)}
    for kpi in {one.kpi for one in week.figures}:
        opened = (await golden.page("week-explain", **ASKED, kpi=kpi)).rows
        assert {one.figure.key for one in opened} == {one.key for one in week.figures if one.kpi == kpi}
        assert all(one.formula and one.command and (one.figure.inputs or one.figure.note) for one in opened), kpi

    noise = next(one for one in week.figures if one.name == "noise")
    told = {one.name: (int(one.value), len(one.evidence)) for one in noise.inputs[1:]}
    assert all(number == lines for number, lines in told.values()), told
    assert any("I-101" in line for one in noise.inputs for line in one.evidence)


async def test_what_is_told_late_of_an_instant_in_the_week_counts(golden: Any) -> None:
    async def high() -> tuple[str, ...]:
        page = await golden.page("week", **ASKED)
        return tuple(one.words for one in page.updates if "high" in one.severities)

    item = {"kind": "patch-item", "host": "dc01", "id": "KB5059112", "severity": "high",
            "first_seen": "2026-10-28T10:05:00-04:00", "state": "installed"}  # fmt: skip
    assert await high() == ("8 good, 1 late 4 days (dc01 restart), 1 not visible",)

    (problem,) = (await golden.do("import-records", text=json.dumps({**_OF, **item}))).problems
    assert "says `at`" in problem
    reversed_ = {**_OF, **item, "at": "2026-10-01T00:00:00Z"}
    assert "no earlier than" in (await golden.do("import-records", text=json.dumps(reversed_))).problems[0]

    golden.time[0] = MONTH_LATER
    await golden.do("import-records", text=json.dumps({**_OF, **item, "at": "2026-11-15T23:59:59-05:00"}))
    assert await high() == ("9 good, 1 not visible",)
    back = {**item, "state": "missing", "at": "2026-11-15T23:59:59-05:00", "first_seen": "2026-11-15T12:00:00-05:00"}
    await golden.do("import-records", text=json.dumps({**_OF, **back}))
    assert await high() == ("9 good, 1 not visible",), "missing again, for a day"
