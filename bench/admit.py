"""The door and the store: check-ins a second, rows and bytes of one.

Reference for the door: a bare asyncssh server with the same algorithms that reads a frame and acks. Both are asked
by the same client process, one connection a check-in, eight at a time. `python -m bench.admit`
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

import asyncssh

from bench.told import figure, line
from checks import wire
from checks.reading import CheckIn, CheckName, Machine, Reading
from console.access.identity import Visitor
from console.daemon import Open, Wanted, clock, running
from console.intake.admit import Admission
from console.intake.bridge import PROTOCOL
from console.intake.door import Door
from console.intake.hostkeys import make_host_key
from console.intake.line import Line
from console.intake.placing import Placing
from console.intake.seats import Seats
from console.store.enrolment import Agent, OpenToken

ROUNDS, AT_ONCE, EACH = 3, 8, 12
STORED = 600
NAMES = ("disk", "memory", "cpu", "load", "inodes")
ME = Visitor(0, "root", "root", is_daemon=True)
MODEL = [
    {"name": "p", "text": "schema: 1\nprovider: {name: Us}\n"},
    {"name": "c", "text": "schema: 1\nclient: {id: c, name: C, tz: UTC}\nsites: {s: {name: S}}\n"},
]


def check_in(epoch: str, seq: int, findings: int, value: float) -> bytes:
    """A check-in of `findings` readings."""
    now = clock()
    readings = tuple(Reading(CheckName(NAMES[n % len(NAMES)]), f"/{n}", value, now, now + 60) for n in range(findings))
    return wire.encode_check_in(CheckIn(epoch, seq, now, "b", 1.0, 60, "bench", Machine("h", "x-1"), readings))


async def enrol(daemon: Open, number: int) -> tuple[str, bytes]:
    """One more agent, without a token's detour; its name and its key, which is its alone."""
    now, key = clock(), asyncssh.generate_private_key("ssh-ed25519")
    token = OpenToken(f"t{number}", "k", "c", "s", "", now, "bench", now + 600)
    await asyncio.wrap_future(daemon.ledger.invite(token))
    line_of_key = " ".join(key.export_public_key().decode().split()[:2])
    agent = Agent(f"a{number}", "c", "s", f"h{number}", "h", line_of_key, "f", token.token, now, approved_at=now)
    await asyncio.wrap_future(daemon.ledger.enrol(agent))
    return agent.agent, key.export_private_key()


def ask(port: int, users: list[tuple[str, bytes]], start: int) -> float:
    """Runs in a process of its own: one connection a check-in; check-ins a second."""

    async def one(user: str, key: bytes, seq: int) -> None:
        private = asyncssh.import_private_key(key)
        async with asyncssh.connect(
            "127.0.0.1", port, username=user, client_keys=[private], known_hosts=None, agent_path=None, config=None
        ) as connection:
            process = await connection.create_process(PROTOCOL, encoding=None)
            epoch = f"{int(user[1:]):032x}"
            process.stdin.write(wire.frame(wire.Hello(epoch, seq, "b", 1.0, int(time.time()), "bench")))
            await heard(process)
            process.stdin.write(wire.frame(wire.carry(check_in(epoch, seq, 25, 0.5))))
            answer = await heard(process)
            assert isinstance(answer, wire.Ack), answer

    async def heard(process: asyncssh.SSHClientProcess[bytes]) -> wire.FromConsole:
        header = await process.stdout.readexactly(wire.HEADER.size)
        return wire.from_console(header, await process.stdout.readexactly(wire.body_length(header)))

    async def everybody() -> float:
        began = time.perf_counter()
        await asyncio.gather(*(in_turn(*user) for user in users))
        return len(users) * EACH / (time.perf_counter() - began)

    async def in_turn(user: str, key: bytes) -> None:
        for seq in range(start, start + EACH):
            await one(user, key, seq)

    return asyncio.run(everybody())


async def bare(folder: Path) -> tuple[Door, int]:
    """A server that only reads and acks."""

    async def converse(_: str, talk: Line) -> None:
        while (message := await talk.receive(60)) is not None:
            if isinstance(message, wire.Hello):
                talk.send(wire.Welcome(0, 0))
            elif isinstance(message, wire.Carry):
                talk.send(wire.Ack("0" * 32, 0, message.sha256))

    make_host_key(folder / "bare_key")
    door = Door(lambda user, key: True, converse, Seats())
    return door, await door.open("127.0.0.1", 0, folder / "bare_key")


async def main() -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as folder:
        async with running(Wanted(Path(folder), "127.0.0.1", 0, starter=False)) as daemon:
            await daemon.desk.do("publish", {"documents": MODEL, "reason": "bench"}, ME)
            await _door(daemon, Path(folder))
            await _store(daemon)


async def _door(daemon: Open, folder: Path) -> None:
    users = [await enrol(daemon, number) for number in range(AT_ONCE)]
    reference, port = await bare(folder)
    rates: dict[str, list[float]] = {"ours": [], "bare": []}
    with get_context("spawn").Pool(1) as pool:
        for turn in range(ROUNDS):
            start = turn * EACH + 1
            for name, at in (("bare", port), ("ours", int(daemon.door.rsplit(":", 1)[1]))):
                asked = pool.apply_async(ask, (at, users, start))
                while not asked.ready():
                    await asyncio.sleep(0.01)
                rates[name].append(asked.get())
    await reference.close()
    ours, theirs = (sorted(rates[name])[ROUNDS // 2] for name in ("ours", "bare"))
    line("check-ins a second through the door, one connection each", ours, theirs, "1/s", 0.8, at_least=True)


async def _store(daemon: Open) -> None:
    agents = [(await enrol(daemon, 100 + number))[0] for number in range(20)]
    for what, step in (("none changed", 0.0), ("all changed", 0.5)):
        began = time.perf_counter()
        for seq in range(1, STORED // len(agents) + 1):
            value = 0.4 + (step if seq % 2 else 0.0)
            start = seq if step == 0 else STORED // len(agents) + seq
            await asyncio.gather(*(_take(daemon, agent, start, 25, value) for agent in agents))
        figure(f"stored a second without SSH, 25 findings, {what}", STORED / (time.perf_counter() - began), "1/s")
    await _rows_and_bytes(daemon)


async def _rows_and_bytes(daemon: Open) -> None:
    written = {}
    for number, findings in ((500, 25), (501, 250)):
        agent, _ = await enrol(daemon, number)
        await _take(daemon, agent, 1, findings, 0.4)
        before, size = _changes(daemon), _bytes(daemon)
        for seq in range(2, 102):
            await _take(daemon, agent, seq, findings, 0.4)
        written[findings] = (_changes(daemon) - before) / 100
        figure(f"bytes on disk of an unchanged check-in, {findings} findings", (_bytes(daemon) - size) / 100, "B")
        figure(f"row writes of an unchanged check-in, {findings} findings", written[findings], "rows", 6)
    line("row writes, 250 findings against 25", written[250], written[25], "rows", 1.0)


async def _take(daemon: Open, agent: str, seq: int, findings: int, value: float) -> None:
    epoch = f"{int(agent[1:]):032x}"
    placing = Placing.of(wire.Hello(epoch, seq, "b", 1.0, clock(), "bench"), clock())
    body = check_in(epoch, seq, findings, value)
    answer = await Admission(daemon.ledger, agent, seq, placing).take(wire.carry(body), clock())
    assert isinstance(answer, wire.Ack), answer


def _changes(daemon: Open) -> int:
    with daemon.ledger.database.writing.connect() as connection:
        return int(connection.exec_driver_sql("select total_changes()").scalar_one())


def _bytes(daemon: Open) -> int:
    with sqlite3.connect(daemon.ledger.database.path) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    return daemon.ledger.database.path.stat().st_size


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
