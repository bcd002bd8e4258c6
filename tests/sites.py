"""A client's site with a network of its own, which nothing enters or leaves but the wires that a test lays."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from conftest import needs

_HOLDS = "ip link set lo up && echo up && exec sleep infinity"
_LISTENS = """
import socket, sys
with socket.socket(fileno=0) as way, socket.create_server(("127.0.0.1", 0)) as listener:
    socket.send_fds(way, [b"."], [listener.fileno()])
"""


@dataclass(frozen=True)
class Site:
    """One site; everybody there reaches everybody there, over the loopback."""

    pid: int

    @property
    def inside(self) -> list[str]:
        """What starts a program there."""
        return ["nsenter", "-t", str(self.pid), "--net"]

    def run(self, argv: Sequence[str], **more: object) -> subprocess.CompletedProcess[str]:
        """Run a program there."""
        asked = [*self.inside, *argv]
        return subprocess.run(asked, capture_output=True, text=True, check=False, timeout=120, **more)  # type: ignore[call-overload, no-any-return]

    def listener(self) -> socket.socket:
        """A socket that listens there, on a port of its own, in the hands of whoever is outside."""
        here, there = socket.socketpair()
        with here, there:
            subprocess.run([*self.inside, sys.executable, "-c", _LISTENS], stdin=there, check=True, timeout=60)
            _, (number,), _, _ = socket.recv_fds(here, 1, 1)
        return socket.socket(fileno=number)


@contextmanager
def site() -> Iterator[Site]:
    """Make one; skips, with the reason, where none can be made."""
    for program in ("unshare", "nsenter", "ip"):
        needs(program)
    if os.geteuid():
        pytest.skip("needs root, to make a network of its own")
    command = ["unshare", "--net", "sh", "-c", _HOLDS]
    holding = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert holding.stdout is not None
    try:
        if holding.stdout.readline() != b"up\n":
            holding.kill()
            pytest.skip(f"no network can be made here: {holding.communicate()[1].decode(errors='replace').strip()}")
        yield Site(holding.pid)
    finally:
        holding.kill()
        holding.communicate(timeout=30)
