"""The embedded door: an SSH server that vouches for who speaks and lets through one word of protocol, nothing else.

For first use, a LAN and labs; where strangers can reach the port, OpenSSH stands in front. asyncssh bounds
login time, packet size and window; the algorithm lists are narrowed here (reliability.md, 1.3).
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from pathlib import Path

import asyncssh
from asyncssh import kex

from console.intake.bridge import PROTOCOL
from console.intake.line import Line
from console.intake.seats import HangUp, Seats
from console.intake.sources import Sources

LOGIN_SECONDS = 20
MOST_CONNECTIONS = 1024
log = logging.getLogger(__name__)

MayEnter = Callable[[str, str], bool]
"""(user name, public key as one OpenSSH line) → whether this key opens the door under this name. Changes nothing."""
Converse = Callable[[str, Line], Awaitable[None]]
"""What is said once the key has signed: (user name, line)."""
Knocked = Callable[[str, str], object]
"""Is told of whoever left without having logged in, after a key that opens nothing: (address, user name)."""


@dataclass(frozen=True, slots=True)
class Refused:
    """What becomes of whoever is not let in."""

    was_ours: MayEnter
    """Whether this key is one that we had let in under this name: its owner tries no keys, and may share an address
    with others who are let in.
    """
    knocked: Knocked


_ALL_ALIKE = Refused(lambda _user, _key: False, lambda _source, _user: None)


class CannotListen(Exception):
    """The door cannot be opened: says where, why and what to do."""


class Door:
    """Listens, and counts who is connected."""

    def __init__(self, may_enter: MayEnter, converse: Converse, seats: Seats, refused: Refused = _ALL_ALIKE) -> None:
        self.may_enter = may_enter
        self.refused = refused
        self.converse = converse
        self.seats = seats
        self.connections = 0
        self.sources = Sources(time.monotonic)
        self.grace = LOGIN_SECONDS
        self._acceptor: asyncssh.SSHAcceptor | None = None

    async def open(self, bind: str, port: int, host_key: Path) -> int:
        """Listen on `bind`:`port` (0: any free one); the port that it is. Raises CannotListen."""
        try:
            self._acceptor = await asyncssh.listen(
                bind,
                port,
                server_factory=lambda: _Doorkeeper(self),
                server_host_keys=[str(host_key)],
                encoding=None,
                login_timeout=self.grace,
                keepalive_interval=30,
                keepalive_count_max=2,
                kex_algs=_kex(),
                encryption_algs=["aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr"],
                mac_algs=["hmac-sha2-512-etm@openssh.com", "hmac-sha2-256-etm@openssh.com"],
                compression_algs=["none"],
                signature_algs=["ssh-ed25519"],
                password_auth=False,
                kbdint_auth=False,
                host_based_auth=False,
                gss_host=None,
                allow_pty=False,
                line_editor=False,
                x11_forwarding=False,
                agent_forwarding=False,
                allow_scp=False,
                server_version="Watchbill",
                config=None,
            )
        except OSError as error:
            raise CannotListen(
                f"cannot listen on {bind}:{port}: {os.strerror(error.errno or 0)}; choose another with --port"
            ) from error
        return self._acceptor.get_port()

    def rekey(self, host_key: Path) -> None:
        """Show this host key to whoever connects from now on."""
        if self._acceptor is not None:
            self._acceptor.update(server_host_keys=[str(host_key)])

    async def close(self) -> None:
        """Stop listening and end every connection."""
        if self._acceptor is not None:
            self._acceptor.close()
            await self._acceptor.wait_closed()
        self.seats.clear()


class _Doorkeeper(asyncssh.SSHServer):
    """One connection. Who it is, is the user name whose one key has signed; a key merely offered changes nothing."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._connection: asyncssh.SSHServerConnection | None = None
        self._hang_up: HangUp = lambda: None
        self._source = ""
        self._user = ""
        self._seat = ""
        self._has_spoken = False
        self._refused: str | None = None
        """As whom somebody tried a key that opens nothing."""
        self._was_ours = False

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn
        self._hang_up = conn.abort
        self._source = source_of(conn.get_extra_info("peername"))
        self._door.connections += 1
        may_try = self._door.sources.may_try(self._source)
        if self._door.connections > MOST_CONNECTIONS or not may_try:
            conn.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._door.connections -= 1
        if not self._user:
            self._door.sources.left(self._source)
            if self._refused is not None:
                if not self._was_ours:
                    self._door.sources.failed(self._source)
                self._door.refused.knocked(self._source, self._refused)
        self._door.seats.leave(self._seat, self._hang_up)

    def begin_auth(self, username: str) -> bool:
        return True

    def public_key_auth_supported(self) -> bool:
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        public = key.export_public_key("openssh").decode()
        may_enter = self._door.may_enter(username, public)
        if not may_enter:
            self._refused, self._was_ours = username, self._door.refused.was_ours(username, public)
        return may_enter

    def auth_completed(self) -> None:
        connection = self._connection
        if connection is None:
            return
        self._door.sources.left(self._source)
        self._door.sources.let_in(self._source)
        self._user = str(connection.get_extra_info("username"))
        self._seat = self._door.seats.take(self._user, self._hang_up)

    def session_requested(self) -> asyncssh.SSHServerSession[bytes] | bool:
        if self._has_spoken or not self._user:
            return False
        self._has_spoken = True
        return _Session(self._door, self._user)


class _Session(asyncssh.SSHServerSession[bytes]):
    """The one channel of a connection: answers to one word, and passes bytes."""

    def __init__(self, door: Door, user: str) -> None:
        self._door = door
        self._user = user
        self._channel: asyncssh.SSHServerChannel[bytes] | None = None
        self._line: Line | None = None
        self._talk: asyncio.Task[None] | None = None

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        # asyncssh would keep every variable that it is sent, and asks nobody
        chan._process_env_request = _refused  # type: ignore[assignment, method-assign]  # noqa: SLF001
        self._channel = chan
        self._line = Line(chan, chan.write)

    def shell_requested(self) -> bool:
        return False

    def exec_requested(self, command: str) -> bool:
        return command == PROTOCOL

    def session_started(self) -> None:
        self._talk = asyncio.create_task(self._converse())

    def data_received(self, data: bytes, datatype: int | None) -> None:
        if self._line is not None and datatype is None:
            self._line.feed(data)

    def eof_received(self) -> bool:
        if self._line is not None:
            self._line.feed_end()
        return True

    def pause_writing(self) -> None:
        if self._channel is not None:
            self._channel.abort()  # whoever does not read its answers is not answered

    def connection_lost(self, exc: Exception | None) -> None:
        if self._line is not None:
            self._line.feed_end()

    async def _converse(self) -> None:
        channel, line = self._channel, self._line
        if channel is None or line is None:
            return
        try:
            await self._door.converse(self._user, line)
        except (BrokenPipeError, ConnectionError, asyncssh.Error) as error:
            log.info("lost %s: %s", self._user, type(error).__name__)
        finally:
            if not channel.is_closing():
                channel.exit(0)


def source_of(peer: tuple[str, ...] | None) -> str:
    """What counts as one source."""
    if peer is None:
        return ""
    address = ip_address(peer[0].partition("%")[0])
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped  # of a socket that hears both kinds
        return str(mapped or ip_network((int(address), 64), strict=False))
    return str(address)


def _refused(_: object) -> bool:
    return False


def _kex() -> list[str]:
    """Key exchanges, the hybrid ones first, of those that this machine's libraries have."""
    here = {algorithm.decode() for algorithm in kex.get_kex_algs()}
    hybrids = ["mlkem768x25519-sha256", "sntrup761x25519-sha512", "sntrup761x25519-sha512@openssh.com"]
    wanted = [*hybrids, "curve25519-sha256", "curve25519-sha256@libssh.org"]
    return [algorithm for algorithm in wanted if algorithm in here]
