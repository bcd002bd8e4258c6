"""A line to the console over SSH, and the agent's key. Only `courier` and `joining` load this, and with it paramiko.

Ed25519 only, one pinned host key that is checked before anything is signed, no ssh-agent, no search for keys, a narrow
list of algorithms, a time limit on every step (reliability.md, 1.3; ecosystem.md, 1.8).
"""

from __future__ import annotations

import base64
import hashlib
import io
import socket
import sys
import time
from types import TracebackType

sys.modules.setdefault("invoke", None)  # type: ignore[arg-type]  # paramiko's for ssh_config; half its time to load
import paramiko  # noqa: E402
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: E402
from cryptography.hazmat.primitives.serialization import (  # noqa: E402
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_ssh_private_key,
)
from paramiko.buffered_pipe import BufferedPipe  # noqa: E402

from checks import wire  # noqa: E402

PROTOCOL = "watchbill-agent/1"
ACCOUNT = "watchbill-door"
"""The account for agents behind OpenSSH, where nothing else was said. There the key alone tells who somebody is."""
_EMBEDDED = "SSH-2.0-Watchbill"
STEP_SECONDS = 20.0
ANSWER_SECONDS = 60.0
_KEX = ("mlkem768x25519-sha256", "curve25519-sha256", "curve25519-sha256@libssh.org")
_CIPHERS = ("aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr")
_MACS = ("hmac-sha2-512-etm@openssh.com", "hmac-sha2-256-etm@openssh.com")


class NotDelivered(Exception):
    """The console was not spoken to: says why. Trying again later may help."""


class Unreachable(NotDelivered):
    """Nothing answers at the address, or it stopped answering."""


class WrongHostKey(NotDelivered):
    """Somebody else answers at the address: nothing was signed, nothing was sent."""


class KeyRefused(NotDelivered):
    """The console does not let this key in."""


class _Bounded(BufferedPipe):  # type: ignore[type-arg]  # it takes none when it runs
    """What has come and is not read yet. paramiko would keep whatever is sent, past the window that it announced."""

    def feed(self, data: bytes | str) -> None:
        if len(self) + len(data) > 2 * wire.MOST_BYTES:
            raise paramiko.SSHException("the console sends more than it may")
        super().feed(data)


class Line:
    """Messages to and from the console. Use as a context manager."""

    def __init__(self, transport: paramiko.Transport, channel: paramiko.Channel) -> None:
        self.host_key = fingerprint(transport.get_remote_server_key())
        self._transport = transport
        self._channel = channel

    def __enter__(self) -> Line:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._transport.close()

    def send(self, message: wire.FromAgent) -> None:
        """Say something. Raises Unreachable."""
        try:
            self._channel.sendall(wire.frame(message))
        except (OSError, EOFError) as error:
            raise Unreachable(f"the console hung up: {str(error) or 'connection closed'}") from error

    def receive(self) -> wire.FromConsole:
        """What the console says next. Raises Unreachable, and NotAMessage for what nobody understands."""
        header = self._exactly(wire.HEADER.size)
        return wire.from_console(header, self._exactly(wire.body_length(header)))

    def _exactly(self, count: int) -> bytes:
        read = bytearray()
        ends = time.monotonic() + ANSWER_SECONDS
        while len(read) < count:
            try:
                self._channel.settimeout(max(0.001, ends - time.monotonic()))
                chunk = self._channel.recv(min(65_536, count - len(read)))
            except TimeoutError as error:
                raise Unreachable(f"the console did not answer within {ANSWER_SECONDS:g} s") from error
            if not chunk:
                raise Unreachable("the console hung up")
            read += chunk
        return bytes(read)


def line_to(address: str, user: str, key: paramiko.Ed25519Key, host_keys: tuple[str, ...], account: str = "") -> Line:
    """An open line: as `user` at the console's own door, as `account` where OpenSSH stands in front of it.

    Raises Unreachable, WrongHostKey or KeyRefused.
    """
    transport = _transport(address)
    try:
        transport.start_client(timeout=STEP_SECONDS)
        theirs = fingerprint(transport.get_remote_server_key())
        if theirs not in host_keys:
            raise WrongHostKey(f"{address} answers with host key {theirs}, but {' or '.join(host_keys)} was agreed on")
        is_embedded = transport.remote_version.startswith(_EMBEDDED)  # signed for with the host key, as all of it
        transport.auth_publickey(user if is_embedded else account or ACCOUNT, key)
        channel = transport.open_session(timeout=STEP_SECONDS)
        channel.settimeout(ANSWER_SECONDS)
        channel.in_buffer, channel.in_stderr_buffer = _Bounded(), _Bounded()
        channel.exec_command(PROTOCOL)
    except (paramiko.SSHException, OSError, EOFError) as error:
        transport.close()
        if _was_refused(transport, error):
            raise KeyRefused(f"{address} does not let {user} in") from error
        raise Unreachable(f"{address} answers not as a console: {str(error) or 'connection closed'}") from error
    except WrongHostKey:
        transport.close()
        raise
    return Line(transport, channel)


def _was_refused(transport: paramiko.Transport, error: Exception) -> bool:
    """Whether the server itself has said no.

    paramiko calls a line that broke or fell silent while it logged in a failed authentication as well; the name under
    which it asked is forgotten only where an answer came.
    """
    asked = transport.auth_handler
    return isinstance(error, paramiko.AuthenticationException) and asked is not None and asked.username is None


def _transport(address: str) -> paramiko.Transport:
    host, _, port = address.rpartition(":")
    try:
        connection = socket.create_connection((host.strip("[]"), int(port)), STEP_SECONDS)
    except (OSError, ValueError) as error:
        raise Unreachable(f"nothing answers at {address}: {error}") from error
    transport = paramiko.Transport(connection)
    transport.banner_timeout = transport.handshake_timeout = transport.auth_timeout = STEP_SECONDS
    options = transport.get_security_options()
    options.kex = [one for one in _KEX if one in options.kex]
    options.ciphers = [one for one in _CIPHERS if one in options.ciphers]
    options.digests = [one for one in _MACS if one in options.digests]
    options.key_types = ["ssh-ed25519"]
    options.compression = ["none"]
    return transport


def fingerprint(key: paramiko.PKey) -> str:
    """`SHA256:…` of a public key."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(key.asbytes()).digest()).rstrip(b"=").decode()


def new_key() -> str:
    """A fresh ed25519 key in OpenSSH's format."""
    return _written(Ed25519PrivateKey.generate())


def key_of_seed(seed: bytes) -> paramiko.Ed25519Key:
    """The key that a token's secret derives."""
    return read_key(_written(Ed25519PrivateKey.from_private_bytes(seed)))


def read_key(text: str) -> paramiko.Ed25519Key:
    """A key of OpenSSH's format. Raises KeyRefused where it is none."""
    try:
        return paramiko.Ed25519Key(file_obj=io.StringIO(text))
    except (paramiko.SSHException, ValueError) as error:
        raise KeyRefused(f"the agent's own key cannot be read ({error}); join again with --force") from error


def signed(private: str, said: bytes) -> str:
    """The signature of a key of OpenSSH's format, in base64."""
    key = load_ssh_private_key(private.encode(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyRefused("the agent's own key is no ed25519 key; join again with --force")
    return base64.b64encode(key.sign(said)).decode()


def public_line(key: paramiko.Ed25519Key) -> str:
    """The public half as one OpenSSH line."""
    return f"ssh-ed25519 {key.get_base64()}"


def _written(key: Ed25519PrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()).decode()
