"""Who is at the other end of a Unix socket: the kernel says, nobody is asked."""

from __future__ import annotations

import os
import pwd
import socket
import struct
from dataclasses import dataclass
from pathlib import Path

from console.operating_model.entities import Model
from console.operating_model.mapping import highest_role, role_of
from console.pages.verb import Role

_CREDENTIALS = struct.Struct("3i")
_UNSET = (1 << 32) - 1
"""The loginuid of what nobody who logged in has started (proc(5))."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the desk."""

    uid: int
    login: str
    name: str
    is_daemon: bool
    """Whether it is the account that the daemon itself runs as: always an owner."""
    behind: str = ""
    """The account that the person logged in to the machine with, where they became another (sudo, runuser); it counts
    for the audit log alone.
    """

    def role_at(self, model: Model, client: str) -> Role | None:
        """What they are for this client ("" for the house as a whole); None where they are nobody."""
        if self.is_daemon:
            return Role.OWNER
        role = role_of(model, self.login, client)
        return None if role is None else Role[role.upper()]

    def highest(self, model: Model) -> Role | None:
        """The most that they are anywhere; None where they are nobody."""
        if self.is_daemon:
            return Role.OWNER
        role = highest_role(model, self.login)
        return None if role is None else Role[role.upper()]


def peer(connection: socket.socket) -> tuple[int, int]:
    """Process and uid at the other end of a Unix socket, as the kernel has them (SO_PEERCRED, unix(7))."""
    pid, uid, _ = _CREDENTIALS.unpack(connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size))
    return pid, uid


def visitor(connection: socket.socket, model: Model) -> Visitor:
    """Who holds the other end of this Unix socket."""
    pid, uid = peer(connection)
    login = login_of(uid)
    return Visitor(uid, login, _name(model, login), uid == os.getuid(), _behind(pid, uid))


def _behind(pid: int, uid: int) -> str:
    """Who logged in, as the kernel keeps it over every change of account; "" where that is `uid`, or not known."""
    try:
        found = int(Path(f"/proc/{pid}/loginuid").read_text())
    except (OSError, ValueError):
        return ""
    return "" if found in (uid, _UNSET) else login_of(found)


def daemon_itself() -> Visitor:
    """The account that this daemon runs as, for what it does unasked."""
    uid = os.getuid()
    return Visitor(uid, login_of(uid), login_of(uid), is_daemon=True)


def login_of(uid: int) -> str:
    """The account's name; `uid-N` for one that this machine does not know."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid-{uid}"


def _name(model: Model, login: str) -> str:
    people = model.provider.people.values()
    return next((person.name for person in people if person.login == login), login)
