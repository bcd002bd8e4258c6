"""A store that keeps nothing, or no check-ins: every screen says why and what to do, for as long as it is so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import filled
from days import SIZE, console
from pilots import sees, until

from console.store.writer import NotKept


async def test_a_full_disk_is_said_on_every_screen_and_people_work_on(cramped: Any) -> None:
    await cramped.enrol("box")
    big = Path(cramped.daemon.ledger.database.path).parents[2] / "big"
    async with console(cramped).run_test(size=SIZE) as pilot:
        await sees(pilot, "Triage")
        filled(big)
        await sees(pilot, "■ only 0 B are free", "no check-in is kept", "free room, or move the home")
        await pilot.press("2")
        await sees(pilot, "Services", "■ only 0 B are free")
        with pytest.raises(NotKept, match="0 B are free"):
            await cramped.hear("box", 1)
        assert (await cramped.do("invite", client="mill", site="main")).client == "mill"
        big.unlink()
        await until(pilot, lambda screen: "are free" not in screen)
    await cramped.hear("box", 1)


async def test_a_disk_that_failed_is_said_on_every_screen(still: Any) -> None:
    async with console(still).run_test(size=SIZE) as pilot:
        await sees(pilot, "Triage")
        still.daemon.ledger.end("disk I/O error: nothing is kept until the disk was seen to")
        await sees(pilot, "■ disk I/O error: nothing is kept until the disk was seen to")
