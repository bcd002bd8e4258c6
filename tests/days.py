"""Days of the example client, told to a real daemon, with its technicians at the desk and at the console."""

from __future__ import annotations

import asyncio
from typing import Any

from console.access.identity import Visitor
from console.operating_model.examples import example, written_records
from console.tui.app import ConsoleApp

SIZE = (160, 50)
PRIYA = Visitor(4711, "priya", "Priya Nair", is_daemon=False)
MARCO = Visitor(4712, "marco", "Marco Reyes", is_daemon=False)
DANA = Visitor(4713, "dana", "Dana Whitlock", is_daemon=False)


async def tell(house: Any, instant: int) -> Any:
    """The example's week, told up to an instant, as the demonstration tells it; what tells it on."""
    house.time[0] = instant
    demonstration = house.daemon.desk.demonstration()
    await demonstration.begin()
    return demonstration


async def golden_week(house: Any, instant: int) -> Any:
    """The example client and all its records, brought in at an instant; the house."""
    house.time[0] = instant
    documents = [{"name": one.name, "text": one.text} for one in example("brackwater")]
    await house.do("publish", documents=documents, reason="an example")
    for file in ("records.jsonl", "week-46.jsonl"):
        done = await house.do("import-records", text=written_records("brackwater", file).text, source=file)
        assert done.problems == ()
    return house


async def sits_at_the_console(house: Any, person: str) -> None:
    """Whoever runs the tests has this person's login from now on: the kernel vouches for one account only."""
    provider = next(one for one in example("brackwater") if one.name.startswith("provider"))
    text = provider.text.replace(f"login: {person},", "login: root,")
    assert text != provider.text
    document = {"name": provider.name, "text": text, "base": 1}
    await house.do("publish", documents=[document], reason="another login")


def console(house: Any) -> ConsoleApp:
    """The console on this daemon, on its clock."""
    return ConsoleApp(house.client, lambda: float(house.time[0]))


async def passes(house: Any, instant: int) -> None:
    """Time passes, and the watch looks."""
    house.time[0] = instant
    house.look()
    await asyncio.sleep(0.15)


def events(house: Any, number: int) -> list[tuple[str, int]]:
    """What happened to an incident, and when."""
    one = house.daemon.ledger.cases.open.get(number) or house.daemon.desk._office.history.incident(number)
    return [(event.kind.value, event.at) for event in one.events]
