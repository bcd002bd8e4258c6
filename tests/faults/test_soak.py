"""Everything at once for as long as one likes: the daemon's memory, descriptors and threads stay as they were.

`WATCHBILL_SOAK` says for how many seconds; a day is 86400.
"""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import psutil
import pytest
from conftest import House
from fleets import Fleet, kept
from promises import Measured

from console.client.client import Client
from console.client.where import socket_path

SECONDS = int(os.environ.get("WATCHBILL_SOAK", "240"))
WARM = 3
"""The first of so many parts warms up: caches, pools and the allocator fill."""
PAGES = ("triage", "hosts", "findings", "incidents", "house", "agents", "outbox", "audit")


@dataclass(frozen=True)
class Size:
    """What a daemon has."""

    memory: int
    descriptors: int
    threads: int


def size(pid: int) -> Size:
    one = psutil.Process(pid)
    return Size(one.memory_info().rss, one.num_fds(), one.num_threads())


def harm(house: House, fleet: Fleet, dice: random.Random) -> None:
    """One thing that goes wrong, or that somebody does."""
    kind = dice.randrange(6)
    if kind == 0:  # the network of a whole office is gone for a moment
        fleet.stop()
        time.sleep(dice.uniform(0, 1))
        fleet.start(readings=5, pause=1.0)
    elif kind == 1:  # strangers who stall, and leave
        some = [socket.create_connection(("127.0.0.1", house.port), 5, ("127.0.0.9", 0)) for _ in range(8)]
        time.sleep(0.5)
        for one in some:
            one.close()
    elif kind == 2:  # noise at the door
        with socket.create_connection(("127.0.0.1", house.port), 5, ("127.0.0.8", 0)) as one:
            one.sendall(b"SSH-2.0-x\r\n" + dice.randbytes(2000))
    elif kind == 3:  # a console that is killed while it listens
        code = "import sys; from pathlib import Path; from console.client.client import Client\n"
        code += "for _ in Client(Path(sys.argv[1])).changes(): pass\n"
        one = subprocess.Popen([sys.executable, "-c", code, str(socket_path(house.home))], stderr=subprocess.DEVNULL)
        time.sleep(1)
        one.kill()
        one.wait()
    else:
        client = Client(socket_path(house.home))
        for page in PAGES:
            client.page(page)
        for row in client.page("incidents").rows[:3]:
            client.do("note", incident=row.incident, text="looked at it")


FIGURE = f"{SECONDS} s of mixed faults (a day: WATCHBILL_SOAK): memory + ≤ 5 %, descriptors and threads flat"


@pytest.mark.promise("C9", FIGURE)
def test_hours_of_all_of_it_leave_the_daemon_as_it_was(
    house: House, fleet_of: Callable[[House, int], Fleet], measured: Measured
) -> None:
    fleet, dice, done = fleet_of(house, 6), random.Random(9), 0
    sizes: list[Size] = []
    with fleet.at_work(readings=5, pause=1.0):
        began = time.monotonic()
        while time.monotonic() - began < SECONDS:
            harm(house, fleet, dice)
            done += 1
            if time.monotonic() - began > SECONDS / WARM:
                sizes.append(size(house.pid))
    few = max(1, len(sizes) // 5)
    first, last = sizes[:few], sizes[-few:]
    grown = sum(one.memory for one in last) / sum(one.memory for one in first) - 1
    open_ = max(one.descriptors for one in last) - max(one.descriptors for one in first)
    threads = max(one.threads for one in last) - max(one.threads for one in first)
    lost = [key for key, sha256 in fleet.acked().items() if kept(house.home).get(key) != sha256]
    measured(
        f"{done} things in {SECONDS} s: memory {grown:+.1%} of {first[0].memory >> 20} MiB, descriptors {open_:+d}, "
        f"threads {threads:+d}, {len(lost)} of {len(fleet.acked())} lost"
    )
    assert lost == []
    assert grown <= 0.05
    assert open_ <= 4
    assert threads <= 2
