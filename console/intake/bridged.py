"""The door behind OpenSSH: a Unix socket on which bridges say for whom sshd vouches, and pass bytes.

Who may connect is one account, sshd's own, and the kernel says who does (SO_PEERCRED, unix(7)): the socket's mode keeps
nobody out, so that no two accounts have to share a group.
"""

from __future__ import annotations

import asyncio
import logging
import os
import pwd
import socket
from pathlib import Path

from console.access.identity import peer
from console.intake.door import CannotListen, Converse
from console.intake.line import Line
from console.intake.seats import Seats

NAME_SECONDS = 10
MOST_CONNECTIONS = 1024
_LONGEST_NAME = 64
log = logging.getLogger(__name__)


class Bridged:
    """Listens for bridges."""

    def __init__(self, converse: Converse, seats: Seats) -> None:
        self.converse = converse
        self.seats = seats
        self.inside: set[_Bridge] = set()
        self.uid = -1
        self._path: Path | None = None
        self._server: asyncio.Server | None = None

    async def open(self, path: Path, account: str) -> None:
        """Listen at `path` for bridges of `account`. Raises CannotListen."""
        try:
            self.uid = pwd.getpwnam(account).pw_uid
            bound = _bound(path)
        except KeyError:
            raise CannotListen(
                f"sshd's bridges run as {account}, and this machine has no such account; "
                "make it, or run `watchbill door openssh` again"
            ) from None
        except OSError as error:
            raise CannotListen(
                f"cannot listen for sshd's bridges at {path}: {os.strerror(error.errno or 0)}"
            ) from error
        self._path = path
        self._server = await asyncio.get_running_loop().create_unix_server(lambda: _Bridge(self), sock=bound)

    async def close(self) -> None:
        """Stop listening and hang up on every bridge."""
        if self._server is None or self._path is None:
            return
        self._server.close()
        for bridge in list(self.inside):
            bridge.hang_up()
        await self._server.wait_closed()
        self._path.unlink(missing_ok=True)


class _Bridge(asyncio.Protocol):
    """One bridge: first a line with the user's name, then that user's frames."""

    def __init__(self, door: Bridged) -> None:
        self._door = door
        self._begun = b""
        self._line: Line | None = None
        self._talk: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what a server's protocol is given
        self._transport = transport
        self.hang_up = transport.abort
        self._seat = ""
        self._door.inside.add(self)
        _, uid = peer(transport.get_extra_info("socket"))
        if uid != self._door.uid:
            log.warning("a process of uid %d is no bridge of sshd's account, and was sent away", uid)
            transport.abort()
        elif len(self._door.inside) > MOST_CONNECTIONS:
            transport.abort()
        self._named = asyncio.get_running_loop().call_later(NAME_SECONDS, transport.abort)

    def data_received(self, data: bytes) -> None:
        if self._line is not None:
            self._line.feed(data)
            return
        name, newline, rest = (self._begun + data).partition(b"\n")
        if len(name) > _LONGEST_NAME:
            self._transport.abort()
        elif newline:
            self._begin(name.decode("ascii", "replace"), rest)
        else:
            self._begun = name

    def eof_received(self) -> bool:
        if self._line is None:
            return False
        self._line.feed_end()
        return True

    def pause_writing(self) -> None:
        self._transport.abort()  # whoever does not read its answers is not answered

    def connection_lost(self, exc: Exception | None) -> None:
        self._named.cancel()
        self._door.inside.discard(self)
        self._door.seats.leave(self._seat, self.hang_up)
        if self._line is not None:
            self._line.feed_end()

    def _begin(self, user: str, first: bytes) -> None:
        self._named.cancel()
        self._seat = self._door.seats.take(user, self.hang_up)
        self._line = Line(self._transport, self._transport.write)
        self._line.feed(first)
        self._talk = asyncio.create_task(self._converse(user, self._line))

    async def _converse(self, user: str, line: Line) -> None:
        try:
            await self._door.converse(user, line)
        finally:
            self._transport.close()


def _bound(path: Path) -> socket.socket:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
    path.unlink(missing_ok=True)  # what a killed daemon left
    bound = socket.socket(socket.AF_UNIX)
    bound.bind(str(path))
    path.chmod(0o666)
    return bound
