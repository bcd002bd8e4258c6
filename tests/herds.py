"""A thousand agents in a few processes: the agent's own code says when each comes, a real SSH connection brings it.

Run as a program, this file is one of those processes: it reads who its agents are, and prints every try.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT)]

import asyncssh  # noqa: E402

from agent.outcome import Outcome, pause  # noqa: E402
from agent.resident import splay  # noqa: E402
from agent.ssh import PROTOCOL  # noqa: E402
from checks import wire  # noqa: E402
from checks.reading import CheckIn, CheckName, Machine, Reading  # noqa: E402


@dataclass(frozen=True)
class Member:
    """One agent of the herd."""

    agent: str
    number: int
    key: str
    epoch: str

    @property
    def source(self) -> str:
        """The address from which it comes: each is in an office of its own."""
        return f"127.8.{self.number // 250}.{self.number % 250 + 1}"


@dataclass(frozen=True)
class Try:
    """One time that an agent came."""

    agent: str
    at: float
    """UTC seconds."""
    kind: str
    """As an `Outcome` has it."""
    wait: int
    """Seconds for which the console asked it to stay away."""


@dataclass(frozen=True)
class Coming:
    """How the herd comes: all started at one moment, or back after an outage whose end is that moment."""

    port: int
    pace: int
    began: float
    outage: int

    def first(self, member: Member) -> tuple[float, int]:
        """When it comes first, in seconds from that moment, and how often it had failed by then.

        An outage is gone through by the pauses that the agent's own code makes, from each one's pass that failed first.
        """
        at, failures = float(splay(member.agent, self.pace)) - self.outage, 0
        while self.outage and at < 0:
            failures += 1
            at += pause(Outcome(0, "unreachable", "", failures=failures), self.pace)
        return at, failures


@contextmanager
def herd(members: list[Member], coming: Coming, log: Path, processes: int = 2) -> Iterator[None]:
    """They come, while the block runs."""
    running = []
    try:
        for number in range(processes):
            mine = [asdict(one) for one in members[number::processes]]
            with log.open("ab") as told:
                one = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=told, text=True)
            assert one.stdin is not None
            running.append(one)
            one.stdin.write(json.dumps([asdict(coming), mine]))
            one.stdin.close()
        yield
    finally:
        for one in running:
            one.kill()
            one.wait()


def tries(log: Path) -> list[Try]:
    """Every try so far, as each began."""
    lines = log.read_text().splitlines() if log.exists() else []
    return sorted((Try(*json.loads(line)) for line in lines), key=lambda one: one.at)


async def _come(member: Member, coming: Coming, seq: int) -> Outcome:
    """One delivery: when it is through, or why not."""
    key, now = asyncssh.import_private_key(member.key), int(time.time())
    try:
        async with asyncssh.connect(
            "127.0.0.1", coming.port, username=member.agent, client_keys=[key], known_hosts=None, agent_path=None,
            config=None, local_addr=(member.source, 0),
        ) as connection:  # fmt: skip
            talk = await connection.create_process(PROTOCOL, encoding=None)
            talk.stdin.write(wire.frame(wire.Hello(member.epoch, seq, "boot", 100.0, now, "0.1.0")))
            answer = await _heard(talk)
            if isinstance(answer, wire.Welcome):
                seen = (Reading(CheckName("disk"), "/", 0.5, now, now + coming.pace),)
                machine = Machine("h", "debian-12")
                made = CheckIn(member.epoch, seq, now, "boot", 100.0, coming.pace, "0.1.0", machine, seen)
                talk.stdin.write(wire.frame(wire.carry(wire.encode_check_in(made))))
                answer = await _heard(talk)
    except (OSError, asyncssh.Error, asyncio.IncompleteReadError) as error:
        return Outcome(now, "unreachable", str(error))
    if isinstance(answer, wire.Refusal):
        return Outcome(now, "later", answer.text, wait=max(5, answer.seconds))
    return Outcome(now, "delivered", "")


async def _heard(talk: asyncssh.SSHClientProcess[bytes]) -> wire.FromConsole:
    header = await talk.stdout.readexactly(wire.HEADER.size)
    return wire.from_console(header, await talk.stdout.readexactly(wire.body_length(header)))


async def _live(member: Member, coming: Coming, seq: int = 1) -> None:
    """Come, come again as the agent's own back-off says, and with each pass once it was through."""
    first, failures = coming.first(member)
    due = coming.began + first
    while True:
        await asyncio.sleep(max(0.0, due - time.time()))
        at = time.time()
        outcome = await _come(member, coming, seq)
        os.write(1, (json.dumps([member.agent, at, outcome.kind, outcome.wait]) + "\n").encode())
        if outcome.is_delivered:
            failures, seq, due = 0, seq + 1, due + coming.pace
        else:
            failures += 1
            again = Outcome(int(at), outcome.kind, "", wait=outcome.wait, failures=failures)
            due = time.time() + pause(again, coming.pace)


async def main() -> None:
    coming, members = json.load(sys.stdin)
    await asyncio.gather(*(_live(Member(**one), Coming(**coming)) for one in members))


if __name__ == "__main__":
    asyncio.run(main())
