"""Strangers by the thousand who connect and say nothing: whoever is known gets through meanwhile."""

from __future__ import annotations

import resource
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from conftest import CLIENT, PROVIDER
from doors import Door, check_in, fronted, hello
from promises import Measured

from agent.ssh import NotDelivered
from checks import wire

STRANGERS, HONEST, ROUNDS = 2000, 20, 10
COME_AGAIN = 5.0
"""Seconds after which a stranger who was cut off is there again."""
MIB = 1 << 20


@pytest.fixture
def door(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Door]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    with fronted(request.getfixturevalue("kind"), tmp_path, (PROVIDER, CLIENT)) as opened:
        yield opened
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@contextmanager
def flooded(door: Door, sources: int) -> Iterator[None]:
    """So many connections that say nothing; whoever is cut off comes again."""
    over = threading.Event()
    crowd = threading.Thread(target=_stand, args=(door.port, sources, over), daemon=True)
    crowd.start()
    time.sleep(3)
    try:
        yield
    finally:
        over.set()
        crowd.join(10)


def _stand(port: int, sources: int, over: threading.Event) -> None:
    """The crowd, in one thread."""
    standing: dict[int, socket.socket] = {}
    away: dict[int, float] = {}
    while not over.is_set():
        for number in range(STRANGERS):
            if number not in standing and away.get(number, 0.0) < time.monotonic():
                one = socket.socket()
                one.setblocking(False)
                one.bind((f"127.{1 + number % sources // 200}.{number % sources % 200}.9", 0))
                one.connect_ex(("127.0.0.1", port))
                standing[number] = one
        over.wait(0.5)
        for number, one in list(standing.items()):
            try:
                is_cut = one.recv(4096) == b""
            except BlockingIOError:
                continue
            except OSError:
                is_cut = True
            if is_cut:
                standing.pop(number).close()
                away[number] = time.monotonic() + COME_AGAIN
    for one in standing.values():
        one.close()


def delivered(door: Door, agent: str, key: str, seq: int) -> float:
    """Seconds from connecting to the acknowledgement; who is turned away comes again at once, as no agent would."""
    began = time.monotonic()
    while time.monotonic() - began < 60:
        try:
            with door.line(agent, key) as line:
                hello(line, 0)
                line.send(wire.carry(check_in(seq)))
                if isinstance(line.receive(), wire.Ack):
                    return time.monotonic() - began
        except (TimeoutError, NotDelivered, OSError):
            time.sleep(0.2)
    return float("inf")


FIGURE = "2,000 half-open connections: an honest ack ≤ 5 s (p99 of 200), + ≤ 100 MiB, as before ≤ 30 s after"


def _one(door: Door, turn: int, agent: tuple[str, str]) -> float:
    return delivered(door, *agent, turn)


@pytest.mark.promise("S5", FIGURE)
@pytest.mark.parametrize(("kind", "sources"), [("embedded", 1), ("embedded", 200), ("openssh", 1)])
def test_a_flood_of_strangers_keeps_nobody_out(door: Door, kind: str, sources: int, measured: Measured) -> None:
    agents = [door.join() for _ in range(HONEST)]
    took: list[float] = []
    within = door.bounded(100 * MIB, lambda grown: measured(f"{sources} sources: {grown}"))
    with within, flooded(door, sources), ThreadPoolExecutor(4) as several:
        for turn in range(1, ROUNDS + 1):
            took += several.map(partial(_one, door, turn), agents)
    began = time.monotonic()
    while delivered(door, *agents[0], ROUNDS + 1) > 2 and time.monotonic() - began < 60:
        continue
    healed = time.monotonic() - began
    late = sorted(took)[int(len(took) * 0.99) - 1]
    measured(f"{kind}, {sources} sources: p99 {late:.1f} s of {len(took)}, as before after {healed:.1f} s")
    assert late <= 5
    assert healed <= 30
