"""The plan on the command line over a real daemon, and what people decide there."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from click.testing import CliRunner, Result

from console.commands import deciding, plan
from console.commands.cli import cli

SUNDAY = 1_794_776_400  # Sun 15 Nov 2026, 16:00 in New York


async def run(house: Any, *words: str) -> Result:
    from console.commands.told import Wish

    wish = Wish(house.daemon.socket.parent, house.client, colour=False)
    return await asyncio.to_thread(CliRunner().invoke, cli, list(words), obj=wish)


async def test_the_parts_of_the_plan_are_printed_and_given_as_json(brackwater: Any) -> None:
    shown = await run(brackwater, "plan", "spend")
    assert shown.exit_code == 0, shown.output
    assert "Connectivity" in shown.output
    assert "12.92" in shown.output
    assert shown.output.splitlines()[-1] == "Brackwater Cabinetry: 1,636.00 a month, 163.60 a host, 68.17 a user"
    rows = json.loads((await run(brackwater, "plan", "risks", "--json")).output)
    assert rows[0]["about"] == "identity"
    assert json.loads((await run(brackwater, "plan", "maintenance", "--json")).output)[0]["start_at"].endswith("Z")
    assert (await run(brackwater, "plan", "nothing")).exit_code == 2
    assert "no right was used yet" in (await run(brackwater, "plan", "log")).output
    assert "cost" in (await run(brackwater, "plan")).output


async def test_dates_are_those_that_passed_or_are_near_and_all_where_asked(brackwater: Any) -> None:
    near = json.loads((await run(brackwater, "dates", "--json")).output)
    assert {row["status"] for row in near} == {"breach", "watch"}
    every = json.loads((await run(brackwater, "dates", "--all", "--json")).output)
    assert len(every) > len(near)
    assert "last day to cancel" in (await run(brackwater, "dates")).output


async def test_a_waiver_is_asked_and_approved_by_commands(brackwater: Any) -> None:
    ask = ("waiver", "ask", "--policy", "patching", "--scope", "host=fs01", "--expires", "14d", "--reason", "slow",
           "--compensating", "wall", "--by", "marco")  # fmt: skip
    asked = await run(brackwater, *ask)
    assert asked.output.startswith("w-2 is asked for"), asked.output
    refused = await run(brackwater, "waiver", "approve", "w-2", "--by", "dana", "--yes")
    assert (refused.exit_code, "Tom Osei (tom) may" in refused.output) == (11, True)
    assert "in force" in (await run(brackwater, "waiver", "approve", "w-2", "--by", "helen", "--yes")).output
    done = await run(brackwater, "action", "done", "a-2", "--result", "patched")
    assert done.output == "a-2 is done\n"


async def test_the_sheet_of_a_visit_is_text(brackwater: Any) -> None:
    sheet = await run(brackwater, "site", "shop")
    assert "Brackwater Cabinetry · Workshop (brackwater/shop)" in sheet.output
    assert "Ring at gate" in sheet.output
    assert json.loads((await run(brackwater, "site", "shop", "--json")).output)["address"] == "4 Depot Lane"
    assert {one.name for one in (*plan.COMMANDS, *deciding.COMMANDS)} == {
        "plan", "dates", "site", "waiver", "maintenance", "decision", "action", "absence", "restore-test",
    }  # fmt: skip
