"""The OpenSSH door as it was written down: what `watchbill door openssh` says to the daemon of the same home."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct


class OpenSshDoor(Struct, frozen=True):
    """One sshd in front of a home."""

    address: str
    """`host:port` at which agents reach it; IPv6 in brackets."""
    port: int
    """Where sshd listens."""
    account: str
    """The account that agents log in to, as which bridges run."""
    socket: str
    """Where the daemon listens for bridges."""


class DamagedDoor(Exception):
    """What was written down cannot be read: says where it stands, and what to do."""


def written_at(home: Path) -> Path:
    """The file in which a home's OpenSSH door stands."""
    return home / "console" / "openssh.json"


def openssh_door(home: Path) -> OpenSshDoor | None:
    """The OpenSSH door of a home; None where it has none. Raises DamagedDoor."""
    try:
        return msgspec.json.decode(written_at(home).read_bytes(), type=OpenSshDoor)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError as error:
        raise DamagedDoor(f"{written_at(home)}: {error}; run `watchbill door openssh` again") from error
