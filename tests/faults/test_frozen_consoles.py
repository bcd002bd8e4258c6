"""Consoles that froze, on a terminal that nobody reads: agents are heard as before, and the daemon grows by nothing."""

from __future__ import annotations

import os
import signal
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest
from conftest import House, eventually
from fleets import Fleet, check_in
from promises import Measured
from terminals import Terminal

from agent.config import identity
from agent.courier import deliver
from agent.homes import Home
from agent.spool import Spool

CONSOLES, AGENTS, TURNS = 20, 12, 18
MIB = 1 << 20


def took(folders: list[Path]) -> list[float]:
    """Seconds of each of some deliveries, one check-in with changes each; no agent sends more than it may."""
    seconds = []
    for _ in range(TURNS):
        for folder in folders:
            home, now = Home(folder / "agent"), int(time.time())
            with closing(Spool(home.spool)) as spool:
                spool.add(check_in(now, spool.newest, 10), is_change=True)
                began = time.monotonic()
                outcome = deliver(home, identity(home), spool, now)
            seconds.append(time.monotonic() - began)
            assert outcome.kind == "delivered", outcome
    return seconds


@contextmanager
def frozen(home: Path) -> Iterator[int]:
    """Every console of this home, stopped where it stands; how many."""
    found = [
        one
        for one in psutil.process_iter(["cmdline"])
        if {str(home), "console"} <= set(one.info["cmdline"] or ()) and "console.serving" not in one.info["cmdline"]
    ]
    for one in found:
        os.kill(one.pid, signal.SIGSTOP)
    try:
        yield len(found)
    finally:
        for one in found:
            os.kill(one.pid, signal.SIGCONT)


@pytest.mark.promise("C6", "20 frozen consoles: log of writes ≤ 64 MiB, agents heard as fast (± 20 %), no memory taken")
def test_frozen_consoles_are_in_nobodys_way(
    house: House,
    fleet_of: Callable[[House, int], Fleet],
    terminal: Callable[..., Terminal],
    measured: Measured,
) -> None:
    folders = fleet_of(house, AGENTS).homes
    before = took(folders)
    opened = [
        terminal(80, 24, [sys.executable, "-m", "console", "--home", str(house.home), "console"])
        for _ in range(CONSOLES)
    ]
    for one in opened:
        eventually(lambda one=one: "Triage" in one.see(), 120)  # type: ignore[misc]
    daemon = psutil.Process(house.pid)
    with frozen(house.home) as count:
        at_first = daemon.memory_info().rss
        meanwhile = took(folders)
        grown = daemon.memory_info().rss - at_first
        log = (house.home / "console/watchbill.db-wal").stat().st_size
    for one in opened:
        eventually(lambda one=one: "Triage" in one.see(), 60)  # type: ignore[misc]
    middle = statistics.median(meanwhile) / statistics.median(before)
    late = statistics.quantiles(meanwhile, n=100)[98] / statistics.quantiles(before, n=100)[98]
    measured(
        f"{count} frozen: log {log / MIB:.1f} MiB, a delivery takes {middle:.2f} × as long (p99 {late:.2f} ×), "
        f"the daemon grew by {grown / MIB:.1f} MiB"
    )
    assert count == CONSOLES
    assert log <= 64 * MIB
    assert middle <= 1.2
    assert grown <= 10 * MIB
