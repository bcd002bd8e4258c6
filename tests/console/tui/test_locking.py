"""A locked console shows everything and changes nothing; it locks itself where the provider says so."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from pilots import says, sees, shown, until

from console.tui.app import ConsoleApp

PEOPLE = """schema: 1
provider: {name: Hilltop IT}
people:
  ana: {name: Ana Ruiz, login: ana}
  tom: {name: Tom Berg, login: tom}
  root: {name: root, login: root}
"""
SIZE = (160, 40)


def console(house: Any) -> ConsoleApp:
    return ConsoleApp(house.client, lambda: float(house.time[0]))


async def told(pilot: Any, text: str) -> None:
    """Wait until the person is told so."""
    await until(pilot, lambda _: any(text in one.message for one in pilot.app._notifications))


def owner(house: Any) -> str:
    return str(house.daemon.ledger.cases.open[1].owner)


@pytest.fixture
async def locking(story: Any) -> Any:
    """Its provider wants consoles locked after ten minutes without a key."""
    text = f"{PEOPLE}console: {{locks_after: 10m}}\n"
    await story.do("publish", documents=[{"name": "provider.yaml", "text": text, "base": 1}], reason="locked")
    return story


async def test_by_itself_no_console_is_locked_and_a_key_locks_it(story: Any) -> None:
    async with console(story).run_test(size=SIZE) as pilot:
        assert "LOCKED" not in await sees(pilot, "need you")
        story.time[0] += 86_400
        await pilot.pause(1.1)
        assert "LOCKED" not in shown(pilot)
        await pilot.press("Z")
        await sees(pilot, "LOCKED")
        await pilot.press("o")
        await told(pilot, "own it: this console is locked; Z unlocks it")
        assert owner(story) == ""
        await pilot.press("Z")
        await until(pilot, lambda screen: "LOCKED" not in screen)
        await pilot.press("o")
        await until(pilot, lambda _: owner(story) == "root")


async def test_where_the_provider_says_so_it_opens_locked_and_locks_itself_again(locking: Any) -> None:
    async with console(locking).run_test(size=SIZE) as pilot:
        await sees(pilot, "need you", "LOCKED")
        await pilot.press("o")
        await told(pilot, "this console is locked")
        await pilot.press("Z")
        await told(pilot, "unlocked, until no key was pressed for 10 min")
        for _ in range(3):  # whoever works at it is not locked out
            locking.time[0] += 9 * 60
            await pilot.press("j")
        assert "LOCKED" not in shown(pilot)
        locking.time[0] += 10 * 60
        await pilot.press("o")  # the first key after a pause does nothing, whatever it is
        await sees(pilot, "LOCKED")
        assert owner(locking) == ""


async def test_a_narrow_screen_says_so_too(locking: Any) -> None:
    async with console(locking).run_test(size=(60, 20)) as pilot:
        await sees(pilot, "box: disk", "LOCKED")


async def test_a_question_that_stands_there_when_it_locks_is_not_acted_upon(locking: Any) -> None:
    async with console(locking).run_test(size=SIZE) as pilot:
        await sees(pilot, "LOCKED")
        await pilot.press("Z", "n")
        await sees(pilot, "#1 note: your note")
        locking.time[0] += 11 * 60
        await says(pilot, "looked at it")
        await says(pilot, "")
        await told(pilot, "this console is locked")
        await asyncio.sleep(0.1)
        assert [event.kind.value for event in locking.daemon.ledger.cases.open[1].events].count("note") == 0


async def test_what_only_reads_is_read_in_a_locked_console(locking: Any) -> None:
    async with console(locking).run_test(size=SIZE) as pilot:
        await sees(pilot, "LOCKED")
        await pilot.press("y")
        await sees(pilot, "why first", "asked")


async def test_the_model_is_not_edited_in_a_locked_console(locking: Any) -> None:
    async with console(locking).run_test(size=SIZE) as pilot:
        await sees(pilot, "LOCKED")
        await pilot.press("6")
        await sees(pilot, "services")
        await pilot.press("e")
        await told(pilot, "edit: this console is locked; Z unlocks it")


async def test_it_is_in_the_palette_and_in_the_help(story: Any) -> None:
    async with console(story).run_test(size=SIZE) as pilot:
        await sees(pilot, "need you")
        await pilot.press("question_mark")
        await pilot.press("end")
        await sees(pilot, "lock this console")
        await pilot.press("escape", "ctrl+p")
        await pilot.press(*"lock or")
        await sees(pilot, "Lock or unlock")
        await pilot.press("down", "enter")
        await sees(pilot, "LOCKED")


@pytest.mark.parametrize("wrong", ["30s", "soon", "-5m"])
async def test_a_setting_that_locks_at_once_or_says_no_time_is_refused(story: Any, wrong: str) -> None:
    text = f"{PEOPLE}console: {{locks_after: {wrong}}}\n"
    checked = await story.do("check-model", documents=[{"name": "provider.yaml", "text": text, "base": 1}])
    assert [problem.where for problem in checked.problems] == ["console.locks_after"]
