"""A technician's day (operating-model.md, 6.2), driven by keys over a real daemon that holds the golden week."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

import pytest
from builders import at
from pilots import pictures_agree, says, sees, until
from textual.events import Paste

from console.access.identity import Visitor
from console.desk.refusal import DeskRefusal
from console.tui.app import ConsoleApp
from console.tui.view import Target
from console.tui.widgets.prompt import Prompt

SIZE = (160, 50)
PRIYA = Visitor(4711, "priya", "Priya Nair", is_daemon=False)
INFERRED = (
    '{"kind": "outage", "client": "brackwater", "host": "dc02", "start": "2026-11-11T05:00:00-05:00", '
    '"end": "2026-11-11T05:10:00-05:00", "evidence": "inferred"}'
)
WEEK_46 = ("client", "brackwater"), ("week", "2026-W46")
OF_A_WEEK = (
    ("weeks", Target("weeks")),
    ("trends", Target("trends", WEEK_46[:1])),
    ("week-charts", Target("week-charts", WEEK_46)),
    ("week-explain", Target("week-explain", (*WEEK_46, ("kpi", "K1"), ("about", "erp")))),
)
"""What there is to see of a week that is frozen."""
MARCO = Visitor(4712, "marco", "Marco Reyes", is_daemon=False)


async def tell(bare: Any, instant: int) -> Any:
    """The example's week, told up to an instant, as the demonstration tells it."""
    bare.time[0] = instant
    demonstration = bare.daemon.desk.demonstration()
    await demonstration.begin()
    return demonstration


def console(house: Any) -> ConsoleApp:
    return ConsoleApp(house.client, lambda: float(house.time[0]))


async def passes(house: Any, instant: int) -> None:
    """Time passes, and the watch looks."""
    house.time[0] = instant
    house.look()
    await asyncio.sleep(0.15)


def events(house: Any, number: int) -> list[tuple[str, int]]:
    one = house.daemon.ledger.cases.open.get(number) or house.daemon.desk._office.history.incident(number)
    return [(event.kind.value, event.at) for event in one.events]


async def test_j1_morning_triage(bare: Any) -> None:
    await tell(bare, at("Wed 08:00"))
    async with console(bare).run_test(size=SIZE) as pilot:
        screen = await sees(pilot, "files-night", "▓ 30 min")
        first = next(line for line in screen.splitlines() if "›" in line and "nobody" in line)
        assert "files-night" in first, "I-102 is first, and 30 minutes are left to own it (a)"
        for word in ("Files", "answers", "severity"):
            assert word in screen, "service and answering person stand beside the row (c)"
        await pilot.press("y")
        await sees(pilot, "1 of ")
        await pilot.press("escape")
        await sees(pilot, "files-night")
        await pilot.press("o")
        await until(pilot, lambda screen: bare.daemon.ledger.cases.open[102].owner == "root")
        await pilot.press("n")
        await says(pilot, "told Helen")
        await says(pilot, "phone")
        await until(pilot, lambda _: len(events(bare, 102)) >= 2)
        with pytest.raises(DeskRefusal, match="is root's since Wed 08:00; they took it first"):
            await bare.daemon.desk.do("own", {"incident": "102"}, PRIYA)
    one = bare.daemon.ledger.cases.open[102]
    assert (one.first_response_at, one.owned_at) == (at("Wed 08:00"), at("Wed 08:00"))


async def test_j3_a_backup_that_failed_is_worked_by_its_runbook_and_ends_with_the_evidence(bare: Any) -> None:
    await tell(bare, at("Wed 08:00"))
    await bare.do("own", incident="102")
    with pytest.raises(DeskRefusal, match=r"evidence of incident 102 is still bad|is not done"):
        await bare.do("resolve", incident="102", cause="the share was full")
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "files-night")
        await pilot.press("4", "tab")
        screen = await sees(pilot, "files-night")
        assert any("files-night" in line and "×" in line for line in screen.splitlines()), "failed has its sign (a)"
        await pilot.press("5")
        await sees(pilot, "105", "102")
        await pilot.press("down", "enter")
        screen = await sees(pilot, "□ ")
        assert "0/" in screen
        await pilot.press("b")
        await says(pilot, "1")
        await says(pilot, "")
        await sees(pilot, "1/", "☑ ")
        await pilot.press("p")
        await says(pilot, "observe")
        await says(pilot, "does the run of tonight come")
        await says(pilot, "")
        await sees(pilot, "pending")
        await pilot.press("g")
        await says(pilot, "")
        await sees(pilot, "working")


async def test_j5_marks_fire_once_at_their_second_and_go_on_after_a_restart(bare: Any) -> None:
    await tell(bare, at("Wed 08:00"))
    await bare.do("own", incident="102")
    due = at("Wed 16:00")
    for instant in (at("Wed 12:00"), at("Wed 12:00") + 2, at("Wed 14:00"), due, due + 60):
        await passes(bare, instant)
    marks = [one for one in events(bare, 102) if one[0] == "mark"]
    assert marks == [("mark", at("Wed 12:00")), ("mark", at("Wed 14:00")), ("mark", due)]
    bare.daemon.ledger.read_back()
    await passes(bare, due + 120)
    assert [one for one in events(bare, 102) if one[0] == "mark"] == marks
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "files-night")
        await pilot.press("5")
        await sees(pilot, "105", "102")
        await pilot.press("down", "enter")
        await sees(pilot, "mark", "resolve 100 % of the time is used")


async def test_j8_a_hand_over_counts_once_it_is_accepted_and_an_orphan_is_told(bare: Any) -> None:
    await tell(bare, at("Wed 08:00"))
    await bare.daemon.desk.do("own", {"incident": "102"}, MARCO)
    bare.time[0] = at("Wed 16:50")
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "files-night")
        offer = {"incident": "102", "to": "priya", "text": "waits for tonight; Helen was told"}
        await bare.daemon.desk.do("offer", offer, MARCO)
        await pilot.press("5")
        await sees(pilot, "105", "102")
        await pilot.press("down", "enter")
        await sees(pilot, "offered to priya, who has not accepted yet")
        assert bare.daemon.ledger.cases.open[102].owner == "marco"
        with pytest.raises(DeskRefusal, match="offered to priya, so marco cannot accept"):
            await bare.daemon.desk.do("accept", {"incident": "102"}, MARCO)
        await bare.daemon.desk.do("accept", {"incident": "102"}, PRIYA)
        await sees(pilot, "priya has it")
    await bare.daemon.desk.do("offer", {**offer, "to": "marco"}, PRIYA)
    await passes(bare, at("Wed 23:00"))
    assert [kind for kind, _ in events(bare, 102)].count("orphaned") == 1


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
        await sees(pilot, "close 2026-W46", "5 answers are missing", "O it was · N it was none")
        await pilot.press("enter")
        await sees(pilot, "brackwater › dc02", "serves ERP")
        await pilot.press("escape")
        await sees(pilot, "5 answers are missing")
        await answered(pilot, "N", "a switch", "marco")
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
    await a_week_in_which_nobody_was_heard_is_answered_by_keys_too(bare)


async def a_week_in_which_nobody_was_heard_is_answered_by_keys_too(bare: Any) -> None:
    bare.time[0] = at("2026-11-23T09:00:00")
    said = {
        "missed twice": ("a", "mend it", "priya", "14d", "", ""),
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
    """A key of a verb, then what it asks for, pasted and entered one after the other."""
    await pilot.press(key)
    for one in answers:
        pilot.app.screen.query_one(Prompt).post_message(Paste(one))
        await pilot.press("enter")


async def test_j4_a_window_is_planned_from_compliance_and_a_late_one_excuses_nothing(bare: Any) -> None:
    await tell(bare, at("2026-11-16T09:20:00"))
    async with console(bare).run_test(size=SIZE) as pilot:
        await sees(pilot, "Triage")
        await pilot.press("4")
        screen = await sees(pilot, "dc01")
        told = "installed and waiting for a restart keeps counting as missing (c)"
        assert any("dc01" in line and "late 5 d" in line for line in screen.splitlines()), told
        await pilot.press("m")
        await until(pilot, lambda screen: "?" in screen or "plan a window" in screen)
    times = {"start": "2026-11-16 09:00", "end": "2026-11-16 10:00"}
    late = {"client": "brackwater", "by": "marco", "hosts": "dc01", "services": "identity", "why": "restart", **times}
    done = await bare.do("maintenance-plan", **late)
    assert "excuse" in done.text or "late" in done.text, "a window that has begun excuses nothing (a)"
