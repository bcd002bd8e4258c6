"""The key that every door has, and the next one: made early and announced, so that agents know it before it counts."""

from __future__ import annotations

from pathlib import Path

import asyncssh

from checks.reading import Instant
from console.store.careful import sync_folder, write_whole


class NoNextKey(Exception):
    """There is no key to change to yet."""


class HostKeys:
    """The keys of one home's doors, in two files. A fingerprint is `SHA256:…`."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "host_key"
        self._next = folder / "host_key.next"
        self.current = make_host_key(self.path)
        self.next = _fingerprint(self._next) if self._next.exists() else ""

    @property
    def pins(self) -> tuple[str, ...]:
        """What an agent should pin from now on."""
        return (self.current, self.next) if self.next else (self.current,)

    @property
    def announced_at(self) -> Instant | None:
        """Since when the next key is announced; None where there is none."""
        return int(self._next.stat().st_mtime) if self.next else None

    def announce(self) -> None:
        """Make the next key, if there is none: agents hear of it whenever they deliver."""
        self.next = make_host_key(self._next)

    def switch(self) -> None:
        """Make the next key the current one, at once. Raises NoNextKey."""
        if not self.next:
            raise NoNextKey
        self._next.replace(self.path)
        sync_folder(self.path.parent)
        self.current, self.next = self.next, ""


def make_host_key(path: Path) -> str:
    """An ed25519 key at `path`, made once; its fingerprint."""
    if not path.exists():
        key = asyncssh.generate_private_key("ssh-ed25519")
        write_whole(path, key.export_private_key("openssh"))
    return _fingerprint(path)


def _fingerprint(path: Path) -> str:
    return asyncssh.read_private_key(path).get_fingerprint()
