"""Consoles that froze, on a terminal that nobody reads: agents are heard as before, and the daemon grows by nothing."""

from __future__ import annotations

import fcntl
import itertools
import os
import pty
import signal
import statistics
import struct
import subprocess
import sys
import termios
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


def took(*groups: list[Path]) -> tuple[list[float], ...]:
    """Seconds of each of some deliveries, one check-in with changes each; the groups by turns, under one weather.

    No agent sends more than it may.
    """
    seconds: tuple[list[float], ...] = tuple([] for _ in groups)
    for _ in range(TURNS):
        for folders in zip(*groups, strict=True):
            for folder, mine in zip(folders, seconds, strict=True):
                mine.append(delivery(Home(folder / "agent")))
    return seconds


def delivery(home: Home) -> float:
    """Seconds of one delivery."""
    now = int(time.time())
    with closing(Spool(home.spool)) as spool:
        spool.add(check_in(now, spool.newest, 10), is_change=True)
        began = time.monotonic()
        outcome = deliver(home, identity(home), spool, now)
    assert outcome.kind == "delivered", outcome
    return time.monotonic() - began


@contextmanager
def frozen(home: Path) -> Iterator[int]:
    """Every console of this home, stopped where it stands, and its terminal, which would wake it; how many."""
    found = [
        one
        for one in psutil.process_iter(["cmdline"])
        if {str(home), "console"} <= set(one.info["cmdline"] or ()) and "console.serving" not in one.info["cmdline"]
    ]
    stopped = [pid for one in found for pid in (one.ppid(), one.pid)]
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield len(found)
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)


@pytest.fixture
def calm(tmp_path: Path) -> Iterator[House]:
    """A house that nobody looks at."""
    other = House(tmp_path / "calm")
    yield other
    other.close()


@pytest.mark.promise(
    "C6",
    "20 frozen consoles: log of writes ≤ 64 MiB, agents heard as fast as beside it (median ± 20 %), no memory taken",
)
def test_frozen_consoles_are_in_nobodys_way(
    house: House,
    calm: House,
    fleet_of: Callable[[House, int], Fleet],
    terminal: Callable[..., Terminal],
    measured: Measured,
) -> None:
    folders, beside = fleet_of(house, AGENTS).homes, fleet_of(calm, AGENTS).homes
    opened = [
        terminal(80, 24, [sys.executable, "-m", "console", "--home", str(house.home), "console"])
        for _ in range(CONSOLES)
    ]
    for one in opened:
        eventually(lambda one=one: "Triage" in one.see(), 120)  # type: ignore[misc]
    daemon = psutil.Process(house.pid)
    with frozen(house.home) as count:
        at_first = daemon.memory_info().rss
        meanwhile, usual = took(folders, beside)
        grown = daemon.memory_info().rss - at_first
        log = (house.home / "console/watchbill.db-wal").stat().st_size
    for one in opened:
        eventually(lambda one=one: "Triage" in one.see(), 60)  # type: ignore[misc]
    middle = statistics.median(meanwhile) / statistics.median(usual)
    late = statistics.quantiles(meanwhile, n=100)[98] / statistics.quantiles(usual, n=100)[98]
    measured(
        f"{count} frozen: log {log / MIB:.1f} MiB, a delivery takes {middle:.2f} × as long (p99 {late:.2f} ×), "
        f"the daemon grew by {grown / MIB:.1f} MiB"
    )
    assert count == CONSOLES
    assert log <= 64 * MIB
    assert middle <= 1.2
    assert grown <= 10 * MIB


@pytest.mark.promise("C6", "a terminal that nobody read, and that is gone: its console ends")
def test_a_console_whose_terminal_is_gone_ends(house: House, measured: Measured) -> None:
    house.start()
    near, far = pty.openpty()
    told = ["setsid", "--ctty", sys.executable, "-m", "console", "--home", str(house.home), "console"]
    one = subprocess.Popen(told, stdin=far, stdout=far, stderr=far)
    os.close(far)
    try:
        waits_to_write(one.pid, near)
        os.close(near)
        gone_at = time.monotonic()
        one.wait(30)
        measured(f"it ended after {time.monotonic() - gone_at:.1f} s")
    finally:
        one.kill()
        one.wait()


def waits_to_write(pid: int, terminal: int) -> None:
    """Return once a console's loop waits for its terminal: what nobody reads fills up, while its size changes."""
    widths = itertools.cycle((300, 400))

    def is_full() -> bool:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 200, next(widths), 0, 0))
        time.sleep(0.05)
        waits = {task.name: (task / "wchan").read_text() for task in Path(f"/proc/{pid}/task").iterdir()}
        return waits.pop(str(pid)).startswith("futex") and "wait_woken" in waits.values()

    eventually(lambda: all(is_full() for _ in range(40)), 60)  # once alone may be any short wait for another thread
