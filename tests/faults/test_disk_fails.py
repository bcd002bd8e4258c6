"""A disk that fails at any one call: nothing is acknowledged from then on, and a restart has all that was."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from conftest import House, eventually, needs, quick
from fleets import Fleet, check_in, is_sound, kept
from promises import Measured

from agent.config import identity
from agent.courier import deliver
from agent.homes import Home
from agent.spool import Spool
from agent.ssh import NotDelivered
from console.store.writer import COMMITS

SYNCS = (*range(1, 11), *range(20, 120, 20))
WRITES = (*range(1, 13), *range(20, 420, 50))
SOME = 20
"""Readings of a check-in; `COMMITS` of them reach a checkpoint, which syncs the log, and then the database."""
AFTER = 4


@contextmanager
def failing(pid: int, call: str, error: str, number: int, log: Path, only: Path | None = None) -> Iterator[None]:
    """A process whose writer's call of that number fails; its call of that number on one file, where it is named."""
    needs("strace")
    told = ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}", "-o", str(log)]
    told += ["-P", str(only)] if only else []
    tracing = subprocess.Popen(["strace", "-f", "-qq", "-y", "-e", "signal=none", *told, "-p", str(pid)])
    try:
        eventually(lambda: "TracerPid:\t0" not in Path(f"/proc/{pid}/status").read_text())
        yield
    finally:
        tracing.send_signal(signal.SIGINT)
        tracing.wait(30)


def delivered(folder: Path, log: Path, most: int) -> list[bool]:
    """How deliveries went, one check-in each, until a few after the call failed, or up to so many."""
    home, went, left = Home(folder / "agent"), [], AFTER
    with closing(Spool(home.spool)) as spool:
        while left and len(went) < most:
            now = int(time.time())
            spool.add(check_in(now, spool.newest, SOME), is_change=True)
            try:
                went.append(deliver(home, identity(home), spool, now).kind == "delivered")
            except NotDelivered:
                went.append(False)
            left -= "(INJECTED)" in log.read_text()
    return went


WAYS = {
    "sync": ("fdatasync", "EIO", SYNCS), "sync-full": ("fdatasync", "ENOSPC", (1, 5, 90)),
    "write": ("pwrite64", "EIO", WRITES), "full": ("pwrite64", "ENOSPC", WRITES),
    "checkpoint": ("fdatasync", "EIO", (1, 2)),
}  # fmt: skip
"""Of calls on all files, but for the checkpoint's: on the database itself."""
FIGURE = "console, a sync or a write fails at call n, many n: no ack from then on (room for it was kept back), 0 lost"


@pytest.mark.promise("D15", FIGURE)
@pytest.mark.parametrize("way", WAYS)
def test_a_console_whose_disk_fails_acknowledges_nothing_more(
    house: House, fleet_of: Callable[[House, int], Fleet], measured: Measured, tmp_path: Path, way: str
) -> None:
    call, error, numbers = WAYS[way]
    only = house.home / "console/watchbill.db" if way == "checkpoint" else None
    fleet = fleet_of(house, 1)
    (folder,) = fleet.homes
    hit: dict[str, int] = {}
    refused = wrong = 0
    is_end = way != "full"
    for number in numbers:
        log = tmp_path / f"calls-{number}"
        with failing(house.pid, call, error, number, log, only):
            went = delivered(folder, log, number * (COMMITS if only else 1) + 20)
        found = re.search(r"(watchbill\.db(?:-wal)?)>.*\(INJECTED\)", log.read_text())
        if found:
            hit[found[1]] = hit.get(found[1], 0) + 1
        if not all(went):
            refused += 1
        if is_end and not all(went):
            wrong += any(went[went.index(False) :])
            assert "until the disk was seen to" in str(house.client.page("house").trouble)
        house.stop()
        assert is_sound(house.home)
        house.start()
        assert delivered(folder, Path("/dev/null"), 1) == [True], "and what waited went home with it"
    acked, there = fleet.acked(), kept(house.home)
    lost = [key for key, sha256 in acked.items() if there.get(key) != sha256]
    where = ", ".join(f"{times} in {file}" for file, times in sorted(hit.items()))
    measured(
        f"{way}, {error}: {len(numbers)} runs, failed {where}; {refused} refused, {wrong} went on, {len(lost)} lost"
    )
    assert (wrong, lost, fleet.waiting()) == (0, [], {})
    assert sum(hit.values()) >= len(numbers) / 2
    assert refused == (sum(hit.values()) if is_end else 0), "also where what failed was a checkpoint"
    assert only is None or hit == {"watchbill.db": len(numbers)}


AGENTS = "agent, call n of its spool's disk fails, many n: no number said that is not kept, the next pass goes on"
PASSES = (*range(1, 7), 8, 12, 16, 24, 40)


@pytest.mark.promise("D15", AGENTS)
@pytest.mark.parametrize(("call", "error"), [("fdatasync", "EIO"), ("pwrite64", "EIO"), ("pwrite64", "ENOSPC")])
def test_an_agent_whose_disk_fails_says_no_number_that_it_has_not(
    house: House, fleet_of: Callable[[House, int], Fleet], measured: Measured, tmp_path: Path,
    call: str, error: str,
) -> None:  # fmt: skip
    needs("strace")
    fleet = fleet_of(house, 1)
    (folder,) = fleet.homes
    agent = [sys.executable, "-m", "agent", "--home", str(folder), "checkin"]
    failed, said = 0, set()
    for number in PASSES:
        log = tmp_path / f"calls-{number}"
        told = [
            "-e",
            f"trace={call}",
            "-e",
            f"inject={call}:error={error}:when={number}",
            "-P",
            f"{folder}/agent/spool.db-wal",
        ]
        done = subprocess.run(
            ["strace", "-f", "-qq", "-e", "signal=none", *told, "-o", str(log), *agent],
            env=quick(), capture_output=True, text=True, check=False, timeout=90,
        )  # fmt: skip
        is_hit = "(INJECTED)" in log.read_text()
        failed += is_hit and done.returncode != 0
        assert "Traceback" not in done.stderr, done.stderr
        said |= {int(one) for one in re.findall(r"check-in (\d+):", done.stderr + done.stdout)}
        (folder / "agent" / "outcome.json").unlink(missing_ok=True)
        assert house.agent("checkin", home=folder).returncode == 0, "the next pass goes on"
    there = {seq for _, seq in kept(house.home)}
    lost = said - there
    measured(f"{call} {error}: {len(PASSES)} runs, {failed} failed, {len(lost)} of {len(said)} numbers lost")
    assert (lost, fleet.waiting()) == (set(), {})
    assert failed
