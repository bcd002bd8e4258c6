"""Agent and console are rarely updated on one day: what the first version said is understood, and is enough."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import asyncssh
import pytest
from conftest import CLIENT, PROVIDER
from consoles import console, joined
from doors import KINDS, Door, fronted
from fleets import check_in, kept
from promises import Measured

from agent.config import identity
from agent.courier import deliver
from agent.homes import Home
from agent.spool import Spool
from agent.ssh import PROTOCOL, Line
from checks import wire

FIRST = Path(__file__).parents[1] / "golden" / "wire" / "v1" / "first"


@pytest.fixture(params=KINDS)
def door(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Door]:
    with fronted(request.param, tmp_path, (PROVIDER, CLIENT)) as one:
        yield one


def said_first(name: str) -> bytes:
    """A frame, byte by byte as the first version sent it."""
    body = (FIRST / f"{name}.json").read_bytes()
    return wire.HEADER.pack(len(body), 0) + body


@pytest.mark.promise("C4", "an agent of the first version: its HELLO and check-in are kept and shown, it may leave")
def test_an_agent_of_the_first_version_is_heard(door: Door, measured: Measured) -> None:
    agent, private = door.join()
    heard = spoken(door, agent, private, "hello", "carry")
    shown = {row["check"] for row in door.house.rows("findings", "--json")}
    heard += spoken(door, agent, private, "leave")
    body = json.loads((FIRST / "carry.json").read_bytes())
    kinds = [type(one).__name__.lower() for one in heard]
    measured(f"{door.kind}: {', '.join(kinds)}; shown: {', '.join(sorted(shown))}")
    assert kinds == ["welcome", "ack", "left"]
    assert kept(door.house.home) == {(body["body"]["epoch"], 1): body["sha256"]}
    assert "disk" in shown


def spoken(door: Door, agent: str, private: str, *names: str) -> list[wire.FromConsole]:
    """What the console answers to these frames of the first version, on one line."""
    transport = door.inside(agent, private)
    channel = transport.open_session()
    channel.exec_command(PROTOCOL)
    heard = []
    with Line(transport, channel) as line:
        for name in names:
            channel.sendall(said_first(name))
            heard.append(line.receive())
    return heard


@pytest.mark.promise("C4", "a console of the first version: today's agent delivers, and forgets none of its pins")
def test_a_console_of_the_first_version_is_delivered_to(tmp_path: Path, measured: Measured) -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    first_ack = json.loads((FIRST / "ack.json").read_bytes())

    async def answers(process: asyncssh.SSHServerProcess[bytes]) -> None:
        while header := await process.stdin.read(wire.HEADER.size):
            message = wire.from_agent(header, await process.stdin.readexactly(wire.body_length(header)))
            if isinstance(message, wire.Carry):
                seen = wire.decode_check_in(wire.opened(message))
                told = {"epoch": seen.epoch, "seq": seen.seq, "sha256": message.sha256, "live": message.live}
                body = json.dumps(first_ack | told).encode()
                process.stdout.write(wire.HEADER.pack(len(body), 0) + body)
            else:
                process.stdout.write(said_first("welcome"))

    with console(key, answers) as port, closing(Spool(_home(tmp_path, port, key).spool)) as spool:
        home = Home(tmp_path / "agent")
        before = identity(home)
        for number in range(3):
            spool.add(check_in(1_800_000_000 + number, spool.newest, 2), is_change=True)
        outcome = deliver(home, before, spool, 1_800_000_010)
        measured(f"{outcome.text}, {spool.waiting} wait, pins as before: {identity(home) == before}")
        assert (outcome.kind, outcome.delivered, spool.waiting) == ("delivered", 3, 0)
        assert identity(home) == before


def _home(folder: Path, port: int, key: asyncssh.SSHKey) -> Home:
    """An agent that joined the console at this port."""
    joined(folder, port, key.get_fingerprint())
    return Home(folder / "agent")
