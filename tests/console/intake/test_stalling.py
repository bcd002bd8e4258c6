"""Whoever knocks at either door and does not log in is sent away in time, however they dawdle. reliability.md, S4."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import paramiko
import pytest
from conftest import CLIENT, PROVIDER
from doors import EMBEDDED_FIRST, Door, check_in, fronted, hello
from promises import Measured

from agent.ssh import new_key, read_key
from checks import wire

PATIENCE = 2.0
"""Seconds beyond the grace."""
FAST, REAL = 2, 20


@pytest.fixture(params=[FAST, pytest.param(REAL, marks=pytest.mark.faults)])
def grace(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(params=EMBEDDED_FIRST)
def door(request: pytest.FixtureRequest, grace: int, tmp_path: Path) -> Iterator[Door]:
    with fronted(request.param, tmp_path, (PROVIDER, CLIENT), grace=grace) as opened:
        yield opened


@pytest.mark.promise("S4", "stalled at six points, at both doors: each hung up on ≤ 2 s after the grace (20 s)")
def test_six_ways_to_dawdle_end_with_the_grace(door: Door, grace: int, measured: Measured) -> None:
    ways = (silent, dripping, after_banner, after_kexinit, after_newkeys, after_failed_login)
    with ThreadPoolExecutor(len(ways)) as several:
        took = dict(zip(ways, several.map(lambda way: _lasted(door, way, grace), ways), strict=True))
    measured(f"{door.kind}, grace of {grace} s: {min(took.values()):.1f} to {max(took.values()):.1f} s")
    assert all(grace - 0.5 < seconds <= grace + PATIENCE for seconds in took.values()), took


def test_a_crowd_from_one_address_keeps_nobody_else_out(door: Door) -> None:
    agent, key = door.join()
    with door.bounded(100 << 20), ExitStack() as stack:
        for _ in range(300):
            stack.enter_context(door.plain(source="127.0.0.2"))
        began = time.monotonic()
        with door.line(agent, key) as line:
            hello(line)
            line.send(wire.carry(check_in()))
            assert isinstance(line.receive(), wire.Ack)
        assert time.monotonic() - began < 5


def silent(_: socket.socket) -> None:
    """Says nothing at all."""


def dripping(bare: socket.socket) -> None:
    """One byte of a banner after another, and no end of it."""
    for _ in range(200):
        bare.sendall(b"S")
        time.sleep(0.2)


def after_banner(bare: socket.socket) -> None:
    """Says what it is, and no more."""
    bare.sendall(b"SSH-2.0-slow\r\n")


def after_kexinit(bare: socket.socket) -> None:
    """Says which algorithms it knows, and no more."""
    bare.sendall(b"SSH-2.0-slow\r\n")
    names = (
        "curve25519-sha256", "ssh-ed25519", "aes256-ctr", "aes256-ctr", "hmac-sha2-256-etm@openssh.com",
        "hmac-sha2-256-etm@openssh.com", "none", "none", "", "",
    )  # fmt: skip
    message = paramiko.Message()
    message.add_byte(b"\x14")
    message.add_bytes(b"c" * 16)
    for name in names:
        message.add_string(name)
    message.add_boolean(False)
    message.add_int(0)
    payload = message.asbytes()
    padding = 4 + (-(5 + len(payload) + 4)) % 8
    bare.sendall((1 + len(payload) + padding).to_bytes(4, "big") + bytes([padding]) + payload + b"\0" * padding)


def after_newkeys(bare: socket.socket) -> None:
    """Agrees on keys, and does not log in."""
    paramiko.Transport(bare).start_client(timeout=10)


def after_failed_login(bare: socket.socket) -> None:
    """Tries a key that nobody knows, and no other."""
    transport = paramiko.Transport(bare)
    transport.start_client(timeout=10)
    with pytest.raises(paramiko.SSHException):
        transport.auth_publickey("nobody", read_key(new_key()))


def _lasted(door: Door, way: object, grace: int) -> float:
    """Seconds from connecting until the server hung up; more than it may be, where it did not."""
    began = time.monotonic()
    bare = door.plain()
    try:
        way(bare)  # type: ignore[operator]
        bare.settimeout(grace + 2 * PATIENCE)
        while bare.fileno() >= 0 and _is_open(bare):
            if time.monotonic() - began > grace + 2 * PATIENCE:
                break
            time.sleep(0.05)
    except OSError:
        pass
    took = time.monotonic() - began
    bare.close()
    return took


def _is_open(bare: socket.socket) -> bool:
    """Whether the server has not hung up; what it said is left where it is."""
    try:
        return bool(bare.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)) and not _is_hung_up(bare)
    except BlockingIOError:
        return True


def _is_hung_up(bare: socket.socket) -> bool:
    """What the kernel knows of the connection: anything but ESTABLISHED (tcp(7), TCP_INFO)."""
    return bare.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] != 1
