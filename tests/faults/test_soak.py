"""Everything at once for as long as one likes: the daemon's memory, descriptors and threads stay as they were.

`WATCHBILL_SOAK` says for how many seconds; a day is 86400. In the first part the daemon is killed as well; what is
compared is of the one life after that, once it has warmed up.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from conftest import House
from fleets import Fleet, is_sound, kept, told_twice
from networks import FAR, Network
from promises import Measured

from console.client.client import Client
from console.client.where import socket_path
from console.store.backing import back_up

SECONDS = int(os.environ.get("WATCHBILL_SOAK", "240"))
KILLED, WARM = SECONDS / 6, SECONDS / 2.5
"""Until when the daemon is killed, and when the life that then began has warmed up: caches, pools, the allocator."""
MOST_NOTES = 60
"""What is written to an open incident stays in memory with it (1.3 kB a note): thousands of notes are no leak."""
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


@dataclass(frozen=True)
class Harm:
    """What goes wrong, or what somebody does, while a console at the far end of a network hears agents at the near."""

    house: House
    fleet: Fleet
    apart: Network
    dice: random.Random
    notes: list[str] = field(default_factory=list)

    def works(self) -> None:
        """The office's agents check in."""
        with self.apart.inside(self.apart.near):
            self.fleet.start(readings=5, pause=1.0)

    def a_whole_office_is_off(self) -> None:
        self.fleet.stop()
        time.sleep(self.dice.uniform(0, 1))
        self.works()

    def the_link_is_down(self) -> None:
        self.apart.pull()
        time.sleep(self.dice.uniform(0.5, 3))
        self.apart.plug()

    def packets_go_missing(self) -> None:
        self.apart.mute()
        time.sleep(self.dice.uniform(0.5, 3))
        self.apart.unmute()

    def strangers_stall_and_leave(self) -> None:
        some = [self._stranger("127.0.0.9") for _ in range(8)]
        time.sleep(0.5)
        for one in some:
            one.close()

    def noise_at_the_door(self) -> None:
        with self._stranger("127.0.0.8") as one:
            one.sendall(b"SSH-2.0-x\r\n" + self.dice.randbytes(2000))

    def _stranger(self, source: str) -> socket.socket:
        """Of the console's own network: the agents' address is not theirs."""
        with self.apart.inside(self.apart.far):
            return socket.create_connection((FAR, self.house.port), 5, (source, 0))

    def a_console_is_killed_while_it_listens(self) -> None:
        code = "import sys; from pathlib import Path; from console.client.client import Client\n"
        code += "for _ in Client(Path(sys.argv[1])).changes(): pass\n"
        where = str(socket_path(self.house.home))
        one = subprocess.Popen([sys.executable, "-c", code, where], stderr=subprocess.DEVNULL)
        time.sleep(1)
        one.kill()
        one.wait()

    def somebody_works(self) -> None:
        client = Client(socket_path(self.house.home))
        for page in PAGES:
            client.page(page)
        for row in client.page("incidents").rows[:3]:
            if len(self.notes) < MOST_NOTES:
                self.notes.append(client.do("note", incident=row.incident, text="looked at it").text)

    def a_backup_is_taken(self) -> None:
        back_up(self.house.home / "console", self.backup, int(time.time()))

    @property
    def backup(self) -> Path:
        return self.house.home.parent / "one.backup"

    def the_daemon_is_killed(self) -> None:
        self.house.stop(signal.SIGKILL)
        with self.apart.inside(self.apart.far):
            self.house.start("--bind", FAR)


USUAL = (
    Harm.a_whole_office_is_off, Harm.the_link_is_down, Harm.packets_go_missing, Harm.strangers_stall_and_leave,
    Harm.noise_at_the_door, Harm.a_console_is_killed_while_it_listens, Harm.somebody_works, Harm.somebody_works,
    Harm.a_backup_is_taken,
)  # fmt: skip
AT_FIRST = (*USUAL, Harm.the_daemon_is_killed, Harm.the_daemon_is_killed)
FIGURE = f"{SECONDS} s of mixed faults (a day: WATCHBILL_SOAK): memory + ≤ 5 %, descriptors and threads flat, 0 lost"


@pytest.mark.promise("C9", FIGURE)
def test_hours_of_all_of_it_leave_the_daemon_as_it_was(
    house: House, apart: Network, fleet_of: Callable[..., Fleet], measured: Measured
) -> None:
    harm = Harm(house, fleet_of(house, 6, apart), apart, random.Random(9))
    sizes: list[Size] = []
    done = Counter[str]()
    harm.works()
    began = time.monotonic()
    while (passed := time.monotonic() - began) < SECONDS:
        kind = harm.dice.choice(AT_FIRST if passed < KILLED else USUAL)
        kind(harm)
        done[kind.__name__] += 1
        if passed > WARM:
            sizes.append(size(house.pid))
    harm.fleet.stop()
    few = max(1, len(sizes) // 5)
    first, last = sizes[:few], sizes[-few:]
    grown = sum(one.memory for one in last) / sum(one.memory for one in first) - 1
    open_ = max(one.descriptors for one in last) - max(one.descriptors for one in first)
    threads = max(one.threads for one in last) - max(one.threads for one in first)
    acked, there = harm.fleet.acked(), kept(house.home)
    lost, twice = [key for key, sha256 in acked.items() if there.get(key) != sha256], told_twice(house.home)
    killed = done[Harm.the_daemon_is_killed.__name__]
    measured(
        f"{done.total()} things in {SECONDS} s, {killed} kills among them: memory {grown:+.1%} of "
        f"{first[0].memory >> 20} MiB, descriptors {open_:+d}, threads {threads:+d}, {len(lost)} of {len(acked)} lost, "
        f"{twice} told twice"
    )
    assert (lost, twice, is_sound(house.home)) == ([], 0, True)
    assert (killed > 0, done.keys() >= {one.__name__ for one in USUAL}) == (True, True)
    assert grown <= 0.05
    assert open_ <= 4
    assert threads <= 2
