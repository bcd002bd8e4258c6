"""J6, the end of a week, by keys over a daemon that holds the golden week (operating-model.md, 5.1 and 6.2)."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from builders import at
from days import SIZE, console, tell
from pilots import says, sees, shown, until
from textual.pilot import Pilot

from console.desk.refusal import DeskRefusal
from console.tui.view import Target

MONDAY = at("2026-11-16T09:20:00")
WHICH = {"client": "brackwater", "week": "2026-W46"}
WHERE = tuple(WHICH.items())
ROWS = ("K1/erp", "K15/resolve", "K6/high", "K8")
DOUBT = (
    '{"kind": "outage", "client": "brackwater", "host": "dc02", "start": "2026-11-11T05:00:00-05:00", '
    '"end": "2026-11-11T05:10:00-05:00", "evidence": "inferred"}'
)
GOLDEN = Path(__file__).parents[2] / "golden" / "screens"
SCREENS = {
    "weeks": Target("weeks"),
    "week-close": Target("week-close", WHERE),
    "week-charts": Target("week-charts", WHERE),
    "week-figures": Target("week-figures", WHERE),
    "week-explain": Target("week-explain", (*WHERE, ("kpi", "K1"), ("about", "erp"))),
    "trends": Target("trends"),
}


async def test_j6_each_answer_is_given_by_a_key_and_then_the_week_is_frozen_and_stays_the_same_bytes(bare: Any) -> None:
    await tell(bare, MONDAY)
    await bare.do("import-records", text=DOUBT)
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "Triage")
        await pilot.press("L")
        await sees(pilot, "to be closed", "2026-W46", "Enter shows what it waits for")
        await pilot.press("down", "enter")
        await sees(pilot, "close 2026-W46", "5 answers are missing", "waiver w-1 ends 2026-11-20, in 5 days")
        with pytest.raises(DeskRefusal, match="nobody said a word"):
            await bare.do("week-freeze", **WHICH, by="dana")
        await answered(pilot, "X", "a switch was changed", "marco", left="4 answers are missing")
        for left in ("3 answers are missing", "2 answers are missing", "1 answer is missing", "can be frozen"):
            await answered(pilot, "n", "see what we will do", "dana", left=left)
        await answered(pilot, "F", "dana", "y", left="was frozen by")
        await pilot.press("escape")
        await sees(pilot, "every week that is over is frozen")
        await pilot.press("down", "enter")
        await sees(pilot, "Prepared by Dana Whitlock, frozen Mon 16 Nov 09:20")
    pages = [await bare.page("week-print", **WHICH, reader=reader, format=form)
             for reader in ("client", "owner") for form in ("text", "md", "html", "pdf", "json", "csv")]  # fmt: skip
    await bare.do("note", incident="105", text="late news")
    for one in pages:
        again = await bare.page("week-print", **WHICH, reader=one.reader, format=one.form)
        assert (again.is_frozen, hashlib.sha256(again.body).hexdigest()) == (True, one.sha256)
    client, owner = pages[0].body.decode(), pages[6].body.decode()
    for number in ("85.71 %", "99.20 %", "97.91 %"):
        assert number in client
        assert number in owner
    assert all(action.who and action.due for action in (await bare.page("week", **WHICH)).actions), "(g)"


async def answered(pilot: Pilot[Any], key: str, *said: str, left: str) -> None:
    """Answer the first row by a key, and wait until it is gone."""
    await pilot.press(key)
    for one in said:
        await says(pilot, one)
    await sees(pilot, left)


async def test_enter_on_what_is_missing_shows_what_it_is_about(bare: Any) -> None:
    await tell(bare, MONDAY)
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "Triage")
        pilot.app.open(SCREENS["week-close"])  # type: ignore[attr-defined]
        await sees(pilot, "4 answers are missing")
        await pilot.press("enter")
        await sees(pilot, "how it was made", "erp · week: 97.91 %", "formula")
        assert "connectivity" not in shown(pilot)


@pytest.mark.parametrize("size", [(200, 60), (80, 24)], ids=["wide", "narrow"])
async def test_the_screens_of_a_week_read_as_they_were_agreed(bare: Any, size: tuple[int, int]) -> None:
    await tell(bare, MONDAY)
    seen = {}
    async with console(bare).run_test(size=size) as pilot:
        await sees(pilot, "Triage")
        for name, target in SCREENS.items():
            if name == "trends":
                for about in ROWS:
                    await bare.do("comment", **WHICH, about=about, text="see what we will do", by="dana")
                await bare.do("week-freeze", **WHICH, by="dana")
            pilot.app.open(target)  # type: ignore[attr-defined]
            await until(pilot, lambda _: getattr(pilot.app.screen, "view", None) is not None)
            await pilot.pause(0.1)
            seen[name] = shown(pilot).rstrip() + "\n"
    for name, text in seen.items():
        assert max(map(len, text.splitlines())) <= size[0]
        path = GOLDEN / f"{name}-{size[0]}x{size[1]}.txt"
        if os.environ.get("WATCHBILL_GOLDEN") == "write":
            path.write_text(text)
        assert text == path.read_text()
