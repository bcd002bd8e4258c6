"""J6, the end of a week, by keys over a daemon that holds the golden week (operating-model.md, 5.1 and 6.2)."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from builders import at
from days import SIZE, console, tell
from pilots import opened, pictures_agree, says, sees, shown

from console.desk.refusal import DeskRefusal
from console.tui.view import Target

INFERRED = (
    '{"kind": "outage", "client": "brackwater", "host": "dc02", "start": "2026-11-11T05:00:00-05:00", '
    '"end": "2026-11-11T05:10:00-05:00", "evidence": "inferred"}'
)
WEEK_46 = ("client", "brackwater"), ("week", "2026-W46")
OF_A_WEEK = (
    ("weeks", Target("weeks")),
    ("trends", Target("trends", WEEK_46[:1])),
    ("week-charts", Target("week-charts", WEEK_46)),
    ("week-figures", Target("week-figures", WEEK_46)),
    ("week-explain", Target("week-explain", (*WEEK_46, ("kpi", "K1"), ("about", "erp")))),
)
"""What there is to see of a week that is frozen."""


async def test_j6_the_week_is_closed_by_keys_frozen_and_stays_the_same_bytes(bare: Any) -> None:
    await tell(bare, at("2026-11-16T09:20:00"))
    assert (await bare.do("import-records", text=INFERRED)).new == 1
    which = {"client": "brackwater", "week": "2026-W46"}
    with pytest.raises(DeskRefusal, match="nobody said a word"):
        await bare.do("week-freeze", **which, by="dana")
    await pictures_agree(lambda: console(bare), [("week-close", Target("week-close", WEEK_46))])
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "Triage")
        await pilot.press("L")
        await sees(pilot, "to be closed", "2026-W46")
        await pilot.press("down", "enter")
        await sees(pilot, "close 2026-W46", "5 answers are missing", "O it was · X it was none")
        await pilot.press("enter")
        await sees(pilot, "brackwater › dc02", "serves ERP")
        await pilot.press("escape")
        await sees(pilot, "5 answers are missing")
        await answered(pilot, "X", "a switch", "marco")
        await sees(pilot, "4 answers are missing")
        for left in ("3 answers are", "2 answers are", "1 answer is"):
            await answered(pilot, "n", "seen", "dana")
            await sees(pilot, f"{left} missing")
        await answered(pilot, "n", "seen", "dana")
        await sees(pilot, "can be frozen")
        await answered(pilot, "F", "dana", "y")
        await sees(pilot, "It is frozen; x sends it")
        await pilot.press("L")
        await sees(pilot, "every week that is over is frozen")
        await pilot.press("down", "enter")
        await sees(pilot, "Prepared by Dana Whitlock, frozen Mon 16 Nov 09:20")
    await pictures_agree(lambda: console(bare), OF_A_WEEK)
    pages = [await bare.page("week-print", **which, reader=reader, format=form)
             for reader in ("client", "owner") for form in ("text", "md", "html", "pdf", "json", "csv")]  # fmt: skip
    await bare.do("note", incident="105", text="late news")
    for one in pages:
        again = await bare.page("week-print", **which, reader=one.reader, format=one.form)
        assert (again.is_frozen, hashlib.sha256(again.body).hexdigest()) == (True, one.sha256)
    client, owner = pages[0].body.decode(), pages[6].body.decode()
    for number in ("85.71 %", "99.20 %", "97.91 %"):
        assert number in client
        assert number in owner
    assert all(action.who and action.due for action in (await bare.page("week", **which)).actions), "(g)"
    await a_week_in_which_nobody_was_heard_is_answered_by_keys_too(bare)


async def a_week_in_which_nobody_was_heard_is_answered_by_keys_too(bare: Any) -> None:
    bare.time[0] = at("2026-11-23T09:00:00")
    said = {
        "missed twice": ("a", "mend it", "priya", "14d", "", "", "4h"),
        "silent": ("e", "no agent", "dana"),
    }
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "Triage")
        await pilot.press("L")
        await sees(pilot, "to be closed", "2026-W47")
        await pilot.press("down", "enter")
        await sees(pilot, "close 2026-W47", "answers are missing")
        for kind, keys in said.items():
            rows = (await bare.page("week-close", client="brackwater")).rows
            place = next(place for place, one in enumerate(rows) if one.kind == kind)
            await pilot.press(*["down"] * place)
            await answered(pilot, *keys)
            await sees(pilot, f"{len(rows) - 1} answers")
            await pilot.press("home")


async def answered(pilot: Any, key: str, *answers: str) -> None:
    """A key of a verb, then what it asks for, one after the other."""
    await pilot.press(key)
    for one in answers:
        await says(pilot, one)


async def test_enter_on_a_number_that_is_missing_words_shows_how_it_was_made(bare: Any) -> None:
    await tell(bare, at("2026-11-16T09:20:00"))
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "Triage")
        pilot.app.open(Target("week-close", WEEK_46))  # type: ignore[attr-defined]
        await sees(pilot, "4 answers are missing")
        await pilot.press("enter")
        await sees(pilot, "how it was made", "erp · week: 97.91 %", "formula")
        assert "connectivity" not in shown(pilot)


LATE = (
    '{"kind": "outage", "client": "brackwater", "service": "erp", "start": "2026-11-11T11:00:00-05:00", '
    '"end": "2026-11-11T11:30:00-05:00", "evidence": "person", "confirmed_by": "marco", "cause": "own"}'
)


async def test_j6_what_comes_late_is_told_in_the_next_week_and_the_frozen_page_stays(bare: Any) -> None:
    await tell(bare, at("2026-11-16T09:20:00"))
    which = {"client": "brackwater", "week": "2026-W46"}
    for row in (await bare.page("week-close", **which)).rows:
        await bare.do("comment", **which, about=row.about, text="seen", by="dana")
    await bare.do("week-freeze", **which, by="dana")
    async with console(bare).run_test(size=(160, 80)) as pilot:
        await sees(pilot, "Triage")
        await pilot.press("8")
        await sees(pilot, "week 2026-W47")
        assert "RESTATED" not in shown(pilot)
        frozen = await opened(pilot, Target("week", WEEK_46))
        assert (await bare.do("import-records", text=LATE)).new == 1
        await pilot.press("8")
        await sees(pilot, "RESTATED", "2026-W46: availability of erp was 97.91 %, is 97.32 %")
        assert await opened(pilot, Target("week", WEEK_46)) == frozen, "(d)"


async def test_j6_the_week_in_which_clocks_change_is_608_400_seconds_long(bare: Any) -> None:
    await tell(bare, at("2026-11-16T09:20:00"))
    which = {"client": "brackwater", "week": "2026-W44"}
    page = await bare.page("week-print", **which, format="html")
    assert "The week is 608 400 s long, because the clocks change in it" in page.body.decode(), "(e)"
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "Triage")
        pilot.app.open(Target("week", tuple(which.items())))  # type: ignore[attr-defined]
        await sees(pilot, "week 2026-W44")
        await pilot.press("E")
        await sees(pilot, "numbers of 2026-W44", "coverage")
        await pilot.press("/")
        await says(pilot, "connectivity")
        await pilot.press("enter")
        await sees(pilot, "how it was made", "E, eligible seconds = 608400")
