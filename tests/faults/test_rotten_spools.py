"""Bytes that rot in a spool or in its log of writes: what an agent lost by it is what it says that it lost."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from conftest import House
from fleets import Fleet, arrived, check_in, named_as_dropped
from msgspec import structs
from promises import Measured
from rotting import rotten

from agent.config import identity
from agent.courier import deliver
from agent.homes import Home
from agent.spool import Spool
from checks.reading import CheckIn, Machine

CASES, DELIVERED, WAITING = 120, 3, 9
AGENTS = 8
"""One alone may not send so much in so little time."""
ROT = ("spool.db-wal", "spool.db", "spool.given")


def tagged(number: int) -> CheckIn:
    """One that is known again under whatever number it comes."""
    return structs.replace(check_in(int(time.time()), number, 5), machine=Machine(f"c-{number}", "debian-12"))


def delivers(home: Home, spool: Spool) -> None:
    """Until nothing waits; an agent comes again, but not for ever."""
    for _ in range(5):
        deliver(home, identity(home), spool, int(time.time()))
        if not spool.waiting:
            return


def killed(home: Home, number: int, aside: Path, *, is_kept_in_log: bool) -> None:
    """An agent that delivered a few, could not deliver more, and was killed: the newest are in the log of writes."""
    with closing(Spool(home.spool)) as spool:
        for one in range(DELIVERED + WAITING):
            spool.add(tagged(number + one), is_change=True)
            if one == DELIVERED - 1:
                delivers(home, spool)
        if is_kept_in_log:
            shutil.rmtree(aside, ignore_errors=True)
            shutil.copytree(home.folder, aside)
    if is_kept_in_log:
        shutil.rmtree(home.folder)
        shutil.copytree(aside, home.folder)


@pytest.mark.promise(
    "C5", "a spool, its log or the file beside it rots: what did not arrive is named, to the number; the agent goes on"
)
def test_what_a_rotten_spool_lost_is_what_it_says_that_it_lost(
    house: House, fleet_of: Callable[[House, int], Fleet], measured: Measured, tmp_path: Path
) -> None:
    folders, dice = fleet_of(house, AGENTS).homes, random.Random(10)
    number = gone = named = off = stuck = 0
    for case in range(CASES):
        folder = folders[case % AGENTS]
        home, rots = Home(folder / "agent"), ROT[case % len(ROT)]
        killed(home, number, tmp_path / "aside", is_kept_in_log=rots != "spool.db")
        made = {f"c-{one}" for one in range(number, number + DELIVERED + WAITING + 1)}
        rotten(home.folder / rots, dice)
        with closing(Spool(home.spool)) as spool:
            number += DELIVERED + WAITING
            spool.add(tagged(number), is_change=True)
            number += 1
            delivers(home, spool)
            stuck += spool.waiting > 0
        told = len(named_as_dropped(house.home)) - named
        missing = len(made - {seen.machine.hostname for seen in arrived(house.home).values()})
        gone, named, off = gone + missing, named + told, off + (missing != told)
        for one in folder.rglob("*.damaged*"):
            one.unlink()
    measured(
        f"{CASES} spools: {gone} check-ins lost, {named} named as lost, {off} spools said otherwise; {stuck} stuck"
    )
    assert (off, stuck) == (0, 0)
    assert gone > CASES / 2


def test_whoever_joins_anew_misses_nothing_of_the_spool_before(
    house: House, fleet_of: Callable[[House, int], Fleet]
) -> None:
    (folder,) = fleet_of(house, 1).homes
    for _ in range(2):
        assert house.agent("checkin", home=folder).returncode == 0
    assert house.agent("leave", home=folder).returncode == 0
    house.join("mill", "main", folder.name, home=folder)
    assert house.agent("checkin", home=folder).returncode == 0
    assert sorted(seq for _, seq in arrived(house.home)) == [1, 1, 2]
    assert named_as_dropped(house.home) == []
