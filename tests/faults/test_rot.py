"""Bytes that rot in a database or in a spool: noticed, nothing acknowledged on them, nothing thrown away."""

from __future__ import annotations

import asyncio
import random
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from conftest import House
from fleets import Fleet, check_in, kept
from promises import Measured

from agent.config import identity
from agent.courier import deliver
from agent.homes import Home
from agent.spool import Spool
from checks.finding import Status
from console.daemon import Wanted, running
from console.store.doctoring import looked_over
from console.store.holding import CannotOpen
from console.store.writer import Batch, NotKept
from console.watch.rot import TAMPERED, Rot

CASES = 150
BYTES = 8
"""That rot in one place: a value of any size is hit, and most pages are hit in what they hold."""


def rotten(file: Path, dice: random.Random, within: int | None = None) -> None:
    """The same file with other bytes somewhere, or within so many of its first."""
    body = bytearray(file.read_bytes())
    place = dice.randrange((within or len(body)) - BYTES)
    for offset in range(BYTES):
        body[place + offset] ^= dice.randrange(1, 256)
    file.write_bytes(body)


def contents(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as store:
        store.text_factory = lambda raw: raw.decode(errors="surrogateescape")
        return set(store.iterdump())


async def what_is_said(home: Path) -> str:
    """How a daemon on this home notices: as it starts, by its daily look, or not at all."""
    try:
        async with running(Wanted(home, "127.0.0.1", 0, starter=False)) as daemon:
            found = await Rot(daemon.ledger, home, lambda: int(time.time())).look()
            if any(one.about != TAMPERED for one in found):
                with pytest.raises(NotKept):
                    daemon.ledger.writer.keep(Batch(silences=[{"agent": "a", "start": 1, "end": 2}])).result(10)
                assert daemon.ledger.trouble
            return "daily look" if found else "unnoticed"
    except CannotOpen:
        return "start"


@pytest.mark.promise("C5", "bytes flipped in the database: noticed at the start or ≤ 24 h, no ack after, 0 deleted")
def test_a_database_that_rots_is_noticed(
    house: House, fleet_of: Callable[[House, int], Fleet], measured: Measured, tmp_path: Path
) -> None:
    fleet = fleet_of(house, 3)
    with fleet.at_work(readings=20):
        time.sleep(4)
    house.stop()
    sound, home = house.home, tmp_path / "rotten"
    with closing(sqlite3.connect(sound / "console/watchbill.db")) as store:
        store.execute("pragma wal_checkpoint(truncate)")
        store.execute("vacuum")
    before, dice, said = contents(sound / "console/watchbill.db"), random.Random(5), Counter[str]()
    shutil.copytree(sound, home, ignore=shutil.ignore_patterns("run"))
    assert asyncio.run(what_is_said(home)) == "unnoticed", "a sound one is sound"
    moves_on = before - contents(home / "console/watchbill.db")
    for _ in range(CASES):
        shutil.rmtree(home)
        shutil.copytree(sound, home, ignore=shutil.ignore_patterns("run"))
        file = home / "console/watchbill.db"
        rotten(file, dice)
        how = asyncio.run(what_is_said(home))
        if how == "unnoticed":
            how += ", in rows without a digest" if before - contents(file) - moves_on else ": nothing was there"
        said[how] += 1
        assert file.stat().st_size >= (sound / "console/watchbill.db").stat().st_size, "nothing was deleted"
    measured(f"{CASES} places: {', '.join(f'{count} {how}' for how, count in said.most_common())}")
    assert said["start"] > CASES / 10
    assert said["daily look"] > CASES / 10
    assert said["unnoticed, in rows without a digest"] <= CASES / 10


@pytest.mark.promise("C5", "bytes flipped in a spool: the agent goes on, a damaged file is kept, the console is whole")
def test_a_spool_that_rots_is_kept_aside_and_the_agent_goes_on(
    house: House, fleet_of: Callable[[House, int], Fleet], measured: Measured, tmp_path: Path
) -> None:
    (folder,) = fleet_of(house, 1).homes
    home, dice, aside = Home(folder / "agent"), random.Random(6), 0
    for number in range(40):
        with closing(Spool(home.spool)) as spool:
            for _ in range(5):
                spool.add(check_in(int(time.time()), spool.newest, 30), is_change=True)
        rotten(home.spool, dice, within=100 if number % 4 == 0 else None)
        before = set(folder.rglob("*.damaged*"))
        with closing(Spool(home.spool)) as spool:
            for _ in range(6):
                spool.add(check_in(int(time.time()), spool.newest, 1), is_change=True)
                deliver(home, identity(home), spool, int(time.time()))
        aside += bool(set(folder.rglob("*.damaged*")) - before)
        for one in folder.rglob("*.damaged*"):
            one.unlink()
    with closing(Spool(home.spool)) as spool:
        waiting = spool.waiting
    there = kept(house.home)
    measured(f"40 spools: {aside} set aside; {len(there)} check-ins kept, {waiting} wait")
    assert (waiting, aside > 0, len(there) > 100) == (0, True, True)
    assert [one.sentence for one in looked_over(house.home, int(time.time())) if one.status is Status.BREACH] == []
