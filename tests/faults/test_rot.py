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
from rotting import rotten, what_is_said

from agent.config import identity
from agent.courier import deliver
from agent.homes import Home
from agent.spool import Spool
from checks.finding import Status
from console.store.doctoring import looked_over

CASES = 150


def contents(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as store:
        store.text_factory = lambda raw: raw.decode(errors="surrogateescape")
        return set(store.iterdump())


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
        rotten(home.spool, dice, within=range(100) if number % 4 == 0 else None)
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


def test_a_word_of_the_schema_that_rots_into_no_letters_is_noticed_as_the_daemon_starts(house: House) -> None:
    house.start()
    house.stop()
    file = house.home / "console/watchbill.db"
    file.write_bytes(file.read_bytes().replace(b"TABLE checkins", b"T\xff\x85LE checkins"))
    assert asyncio.run(what_is_said(house.home)) == "start"
    (told,) = [one for one in looked_over(house.home, int(time.time())) if one.about == "database"]
    assert told.status is Status.BREACH
