"""What every command says beside its answer, while the store keeps no check-ins."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from conftest import eventually, filled

from console.commands.cli import cli
from console.commands.told import Wish


async def run(house: Any, *words: str) -> Result:
    wish = Wish(Path("/nowhere"), house.client, colour=False)
    return await asyncio.to_thread(CliRunner().invoke, cli, list(words), obj=wish)


async def test_a_full_disk_is_said_beside_tables_json_and_what_was_done_and_not_after_it(cramped: Any) -> None:
    filled(Path(cramped.daemon.ledger.database.path).parents[2] / "big")
    await asyncio.to_thread(eventually, lambda: cramped.daemon.desk.trouble)
    table = await run(cramped, "hosts")
    assert table.stderr.startswith("watchbill: only 0 B are free where ")
    assert table.stderr.endswith("; free room, or move the home\n")
    assert "only 0 B" not in table.stdout
    told = await run(cramped, "hosts", "--json")
    assert (len(json.loads(told.stdout)), "only 0 B are free" in told.stderr) == (4, True)
    done = await run(cramped, "agents", "invite", "--client", "mill", "--site", "main")
    assert (done.exit_code, done.stderr.count("only 0 B are free")) == (0, 1)
    (Path(cramped.daemon.ledger.database.path).parents[2] / "big").unlink()
    await asyncio.to_thread(eventually, lambda: not cramped.daemon.desk.trouble)
    assert (await run(cramped, "hosts")).stderr == ""
