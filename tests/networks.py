"""A network of the test's own: two namespaces and one wire between them that can be pulled, or made to say nothing."""

from __future__ import annotations

import os
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import needs
from loader import enter

NEAR, FAR = "10.213.0.1", "10.213.0.2"
_SILENCE = "table inet silence { chain every { type filter hook input priority 0; policy drop; }; }"


@dataclass(frozen=True)
class Network:
    """Two sides, `near` and `far`, each in a namespace of its own."""

    near: str
    far: str

    @contextmanager
    def inside(self, side: str) -> Iterator[None]:
        """What this thread starts or connects meanwhile has that side's network."""
        with Path("/proc/thread-self/ns/net").open() as before, Path(f"/run/netns/{side}").open() as wanted:
            enter(wanted.fileno())
            try:
                yield
            finally:
                enter(before.fileno())

    def pull(self) -> None:
        """The far end loses its link."""
        _ip("-n", self.far, "link", "set", "eth", "down")

    def plug(self) -> None:
        """The link is there again, with the address that it had."""
        _ip("-n", self.far, "link", "set", "eth", "up")

    def mute(self) -> None:
        """Packets go missing without a word to either side: no end, no refusal."""
        for side in (self.near, self.far):
            with self.inside(side):
                subprocess.run(["nft", "-f", "-"], input=_SILENCE, text=True, check=True)

    def unmute(self) -> None:
        """Packets arrive again."""
        for side in (self.near, self.far):
            with self.inside(side):
                subprocess.run(["nft", "delete", "table", "inet", "silence"], check=True)


@contextmanager
def network() -> Iterator[Network]:
    """A network for one test, gone at the end; skips, with the reason, where none may be made."""
    needs("ip")
    needs("nft")
    name = f"wb-{os.getpid()}-{secrets.token_hex(3)}"
    near, far = f"{name}-near", f"{name}-far"
    made = subprocess.run(["ip", "netns", "add", near], capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"needs leave to make network namespaces: {made.stderr.strip()}")
    try:
        _ip("netns", "add", far)
        _ip("-n", near, "link", "add", "eth", "type", "veth", "peer", "name", "eth", "netns", far)
        for side, address in ((near, NEAR), (far, FAR)):
            _ip("-n", side, "address", "add", f"{address}/24", "dev", "eth")
            for link in ("lo", "eth"):
                _ip("-n", side, "link", "set", link, "up")
        yield Network(near, far)
    finally:
        for side in (near, far):
            subprocess.run(["ip", "netns", "delete", side], check=False, capture_output=True)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)
