"""A technician's day (operating-model.md, 6.2), driven by keys over a real daemon that holds the golden week."""

from __future__ import annotations

import asyncio
from typing import Any

from builders import at
from pilots import sees, until

from console.access.identity import Visitor
from console.tui.app import ConsoleApp

SIZE = (160, 50)
PRIYA = Visitor(4711, "priya", "Priya Nair", is_daemon=False)
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
