"""Agents that do nothing but check in: real keys, spools and couriers without probes, in a process of their own.

`Fleet` joins them and starts, stops and asks them; run as a program, this file is the process that checks in.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT)]

from agent.config import identity  # noqa: E402
from agent.courier import deliver  # noqa: E402
from agent.homes import Home  # noqa: E402
from agent.machine import boot_id, uptime  # noqa: E402
from agent.spool import Spool, SpoolFull  # noqa: E402
from agent.ssh import NotDelivered  # noqa: E402
from checks.reading import CheckIn, CheckName, Machine, Reading  # noqa: E402
from checks.wire import NotAMessage, decode_check_in, digest  # noqa: E402

Key = tuple[str, int]
"""(epoch, number) of a check-in."""


class Fleet:
    """Some agents of one house."""

    def __init__(self, folder: Path, size: int) -> None:
        folder.mkdir(exist_ok=True)
        self.homes = [folder / f"h{number}" for number in range(size)]
        self._log = folder / "fleet.log"
        self._process: subprocess.Popen[bytes] | None = None

    def hosts(self) -> str:
        """The line of a client's model that names them."""
        return "hosts: {" + ", ".join(f"{home.name}: {{site: main}}" for home in self.homes) + "}"

    def start(self, readings: int = 1, pause: float = 0.0) -> None:
        """Check in, again and again, until stopped."""
        command = [sys.executable, __file__, str(readings), str(pause), *map(str, self.homes)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)

    def stop(self) -> None:
        """Finish what is under way, and end."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(90)
            self._process = None

    @contextmanager
    def at_work(self, readings: int = 1, pause: float = 0.0) -> Iterator[None]:
        """While the block runs."""
        self.start(readings, pause)
        try:
            yield
        finally:
            self.stop()

    def told(self) -> list[tuple[float, str]]:
        """(when, how) of every delivery."""
        if not self._log.exists():
            return []
        lines = [line for line in self._log.read_text().splitlines() if line.startswith("[")]
        return [(float(at), str(kind)) for at, kind, _ in map(json.loads, lines)]

    def acked(self) -> dict[Key, str]:
        """What these agents believe to be kept, with its digest."""
        return self._spooled("acked_at is not null")

    def waiting(self) -> dict[Key, str]:
        """What was never acknowledged."""
        return self._spooled("acked_at is null")

    def _spooled(self, where: str) -> dict[Key, str]:
        found: dict[Key, str] = {}
        for home in self.homes:
            if not (home / "agent/spool.db").exists():  # it has not checked in yet
                continue
            with closing(sqlite3.connect(f"file:{home}/agent/spool.db?mode=ro", uri=True)) as spool:
                (epoch,) = spool.execute("select value from facts where key = 'epoch'").fetchone()
                rows = spool.execute(f"select seq, body from spool where {where}").fetchall()
            found |= {(epoch, seq): digest(zlib.decompress(body)) for seq, body in rows}
        return found


def kept(home: Path) -> dict[Key, str]:
    """What a house's store holds, with its digest; no number twice, by its primary key."""
    with closing(sqlite3.connect(f"file:{home}/console/watchbill.db?mode=ro", uri=True)) as store:
        rows = store.execute(
            "select epoch, seq, sha256 from checkins join epochs using (agent, ordinal) order by 1, 2"
        ).fetchall()
    return {(epoch, seq): sha256.hex() for epoch, seq, sha256 in rows}


def arrived(home: Path) -> dict[Key, CheckIn]:
    """What a house's store holds, as it was said."""
    query = "select epoch, seq, body from checkins join epochs using (agent, ordinal)"
    with closing(sqlite3.connect(f"file:{home}/console/watchbill.db?mode=ro", uri=True)) as store:
        return {(epoch, seq): decode_check_in(zlib.decompress(body)) for epoch, seq, body in store.execute(query)}


def named_as_dropped(home: Path) -> list[Key]:
    """The numbers that the check-ins of a house's store name as dropped, as often as they do."""
    gaps = [(epoch, gap) for (epoch, _), seen in arrived(home).items() for gap in seen.dropped]
    assert all(gap.count == gap.last_seq - gap.first_seq + 1 for _, gap in gaps)
    return [(epoch, seq) for epoch, gap in gaps for seq in range(gap.first_seq, gap.last_seq + 1)]


def told_twice(home: Path) -> int:
    """Changes that tell again what was told: of one subject, two in a row that end in the same status."""
    with closing(sqlite3.connect(f"file:{home}/console/watchbill.db?mode=ro", uri=True)) as store:
        rows = store.execute('select agent, "check", subject, status from changes order by id').fetchall()
    last: dict[tuple[str, str, str], str] = {}
    twice = 0
    for agent, check, subject, status in rows:
        twice += last.get((agent, check, subject)) == status
        last[agent, check, subject] = status
    return twice


def is_sound(home: Path) -> bool:
    """Whether every page of a store is."""
    with closing(sqlite3.connect(f"file:{home}/console/watchbill.db?mode=ro", uri=True)) as store:
        return bool(store.execute("pragma integrity_check").fetchone()[0] == "ok")


def check_in(now: int, number: int, readings: int) -> CheckIn:
    """One whose first disk is full every other time, so that there is something to tell."""
    values = (0.97 if number % 2 and not subject else 0.5 for subject in range(readings))
    seen = tuple(Reading(CheckName("disk"), f"/{n}", value, now, now + 60) for n, value in enumerate(values))
    return CheckIn("", 0, now, boot_id(), uptime(), 60, "0.1.0", Machine("h", "debian-12"), seen)


def _check_in_until(stop: threading.Event, folder: Path, readings: int, pause: float) -> None:
    home = Home(folder / "agent")
    spool, me = Spool(home.spool), identity(home)
    while not stop.is_set():
        now = int(time.time())
        try:
            spool.add(check_in(now, spool.newest, readings), is_change=True)
            outcome = deliver(home, me, spool, now)
            kind, text = outcome.kind, outcome.text
        except (NotDelivered, NotAMessage, SpoolFull) as error:
            kind, text = type(error).__name__, str(error)
        os.write(1, (json.dumps([time.time(), kind, text]) + "\n").encode())
        stop.wait(pause if kind == "delivered" else max(pause, 0.1))
    spool.close()


def main() -> None:
    import logging

    logging.getLogger("paramiko").setLevel(logging.CRITICAL)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    readings, pause, folders = int(sys.argv[1]), float(sys.argv[2]), [Path(one) for one in sys.argv[3:]]
    agents = [threading.Thread(target=_check_in_until, args=(stop, one, readings, pause)) for one in folders]
    for agent in agents:
        agent.start()
    for agent in agents:
        agent.join()


if __name__ == "__main__":
    main()
