"""A check-in that nobody can read or send stands in nobody's way: the others go home in the same delivery."""

from __future__ import annotations

import os
import sqlite3
import time
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from conftest import House
from fleets import Fleet, check_in, kept, named_as_dropped
from msgspec import structs
from promises import Measured

from agent.courier import delivered
from agent.homes import Home
from agent.spool import Spool
from checks.reading import Machine


@pytest.mark.promise("D14", "poison in the spool: the others arrive in the same delivery, each poison is counted")
def test_poison_in_the_spool_delays_nobody_and_is_counted(
    house: House, fleet_of: Callable[[House, int], Fleet], measured: Measured
) -> None:
    (home,) = fleet_of(house, 1).homes
    spool = Spool(home / "agent" / "spool.db")
    now = int(time.time())
    for number in range(1, 9):
        machine = Machine(os.urandom(3 << 20).hex() if number == 5 else "h", "debian-12")
        spool.add(structs.replace(check_in(now, number, 1), machine=machine), is_change=True)
    spool.close()
    harm(home / "agent" / "spool.db")
    began = time.monotonic()
    outcome = delivered(Home(home / "agent"), now)
    took = time.monotonic() - began
    there = {seq for _, seq in kept(house.home)}
    named = {seq for _, seq in named_as_dropped(house.home)}
    measured(f"{len(there)} arrived in one delivery of {took:.1f} s, {sorted(named)} named as dropped")
    assert outcome.is_delivered, outcome
    assert (there, named) == ({1, 3, 4, 6, 8}, {2, 5, 7})


def harm(path: Path) -> None:
    """Number 2 is no check-in any more; of number 7 a bit is another."""
    with closing(sqlite3.connect(path)) as spool, spool:
        (body,) = spool.execute("select body from spool where seq = 7").fetchone()
        turned = body[:50] + bytes([body[50] ^ 4]) + body[51:]
        spool.execute("update spool set body = ? where seq = 7", (turned,))
        spool.execute("update spool set body = ? where seq = 2", (zlib.compress(b'{"epoch": "what is this"}'),))
