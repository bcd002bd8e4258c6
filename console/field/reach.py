"""SSH to a machine as its technician: their own key, a host key that they have seen, and bounds on what comes back."""

from __future__ import annotations

import shlex
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import paramiko

from checks.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

CONNECT_SECONDS = 20.0
MOST_BYTES = 8 << 20
_CHUNK = 1 << 16


class NotReached(Exception):
    """The machine cannot be spoken to, or does not answer as it should: says where, why and what to do."""


class StrangeKey(NotReached):
    """Its host key is not the one that is known, or nobody vouched for it: nothing was said to it."""


@dataclass(frozen=True, slots=True)
class Where:
    """A machine, as `ssh` takes it: `user@host`, with what ~/.ssh/config says of it."""

    user: str
    host: str
    port: int
    keys: tuple[str, ...] = ()
    """Files of private keys; the agent's and the usual ones are tried beside them."""

    def __str__(self) -> str:
        return f"{self.user}@{self.host}" + (f" port {self.port}" if self.port != 22 else "")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command came to there."""

    status: int
    out: bytes
    err: str
    """Cleaned: what a machine says is hostile until shown otherwise."""


Heard = Callable[[str], object]
"""Is told a line that a program there says, cleaned."""
Ask = Callable[[str], bool]
"""Puts a yes-or-no question to whoever sits here."""


def where(given: str, login: str, port: int | None, keys: Sequence[str], config: Path | None = None) -> Where:
    """Where `[user@]host` is. Raises NotReached for what is none."""
    user, _, host = given.rpartition("@")
    if not host or host.startswith("-") or any(one.isspace() for one in given):
        raise NotReached(f"{given!r} is no machine: say HOST or USER@HOST")
    said: Mapping[str, Any] = {}
    path = config or Path.home() / ".ssh" / "config"
    if path.is_file():
        said = paramiko.SSHConfig.from_path(str(path)).lookup(host)
    if "proxyjump" in said or "proxycommand" in said:
        raise NotReached(
            f"{path} reaches {host} through another machine, and this does not; say an address it has here"
        )
    return Where(
        user or str(said.get("user", login)),
        str(said.get("hostname", host)),
        port or int(str(said.get("port", 22))),
        (*keys, *map(str, said.get("identityfile", ()))),
    )


class Reached:
    """A machine that has let its technician in."""

    def __init__(self, at: Where, client: paramiko.SSHClient) -> None:
        self.where = at
        self._client = client

    def run(self, *argv: str, given: bytes = b"", seconds: float = 60.0, heard: Heard | None = None) -> Ran:
        """Run a program there, without a shell of its own and without a terminal; `heard` gets each line at once.

        Raises NotReached where it takes longer than `seconds`, or says more than MOST_BYTES.
        """
        try:
            return self._run(shlex.join(argv), given, time.monotonic() + seconds, heard)
        except TimeoutError as error:
            raise NotReached(f"{self.where} did not answer within {seconds:g} s ({argv[0]})") from error
        except (paramiko.SSHException, EOFError, OSError) as error:
            raise NotReached(f"the connection to {self.where} broke: {clean(str(error)) or 'it was closed'}") from error

    def _run(self, command: str, given: bytes, end: float, heard: Heard | None) -> Ran:
        transport = self._client.get_transport()
        if transport is None:
            raise EOFError
        channel = transport.open_session(timeout=CONNECT_SECONDS)
        try:
            channel.exec_command(command)
            channel.settimeout(max(1.0, end - time.monotonic()))
            with suppress(OSError):  # a program may end without hearing all of it, and says why
                channel.sendall(given)
                channel.shutdown_write()
            out, err = self._heard(channel, end, heard or (lambda _: None))
            status = channel.recv_exit_status()
            if status < 0:
                raise EOFError
            return Ran(status, out, clean(err.decode(errors="replace").strip()[-2000:], 2000))
        finally:
            channel.close()

    def _heard(self, channel: paramiko.Channel, end: float, heard: Heard) -> tuple[bytes, bytes]:
        out, err, told = bytearray(), bytearray(), 0
        while True:
            is_over = channel.exit_status_ready()
            was = len(out) + len(err)
            out += channel.recv(_CHUNK) if channel.recv_ready() else b""
            err += channel.recv_stderr(_CHUNK) if channel.recv_stderr_ready() else b""
            told = _told(out, told, heard)
            if was < len(out) + len(err):
                self._refuse_flood(len(out) + len(err))
            elif is_over:
                return bytes(out), bytes(err)
            elif time.monotonic() > end:
                raise TimeoutError
            else:
                time.sleep(0.01)

    def _refuse_flood(self, bytes_: int) -> None:
        if bytes_ > MOST_BYTES:
            raise NotReached(f"{self.where} says more than {MOST_BYTES >> 20} MiB; it was not listened to any more")


def _told(out: bytearray, start: int, heard: Heard) -> int:
    """Tell each whole line from `start` on; where the next one starts."""
    while (end := out.find(b"\n", start)) >= 0:
        heard(clean(out[start:end].decode(errors="replace"), 400))
        start = end + 1
    return start


class _Asking(paramiko.MissingHostKeyPolicy):
    """A key that nobody has seen is shown, and kept only where whoever sits here says that it is right."""

    def __init__(self, at: Where, ask: Ask, known: Path) -> None:
        self._at, self._ask, self._known = at, ask, known

    def missing_host_key(self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey) -> None:
        """Ask. Raises StrangeKey."""
        shown = key.fingerprint
        if not self._ask(f"{self._at} was never seen from here; its key is {key.get_name()} {shown}. Is that it?"):
            raise StrangeKey(f"the key of {self._at} ({shown}) was not taken for its own; nothing was done there")
        self._known.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._known.open("a") as file:
            file.write(f"{hostname} {key.get_name()} {key.get_base64()}\n")


@contextmanager
def reached(at: Where, ask: Ask, secret: Callable[[str], str], known: Path | None = None) -> Iterator[Reached]:
    """Log in. `secret` asks for the passphrase of a key. Raises NotReached or StrangeKey."""
    file = known or Path.home() / ".ssh" / "known_hosts"
    client = paramiko.SSHClient()
    try:
        client.load_system_host_keys()
        if file.is_file():
            client.load_host_keys(str(file))
        client.set_missing_host_key_policy(_Asking(at, ask, file))
        _log_in(client, at, secret)
        yield Reached(at, client)
    finally:
        client.close()


def _log_in(client: paramiko.SSHClient, at: Where, secret: Callable[[str], str]) -> None:
    def connect(passphrase: str | None) -> None:
        client.connect(
            at.host, at.port, at.user, passphrase=passphrase,
            key_filename=[*at.keys] or None,  # type: ignore[arg-type]  # several may be named, says paramiko
            timeout=CONNECT_SECONDS, banner_timeout=CONNECT_SECONDS, auth_timeout=CONNECT_SECONDS,
        )  # fmt: skip

    try:
        try:
            connect(None)
        except paramiko.PasswordRequiredException:
            connect(secret("passphrase of the key: "))
    except paramiko.BadHostKeyException as error:
        told = f"{at} shows another key ({error.key.fingerprint}) than is known ({error.expected_key.fingerprint})"
        raise StrangeKey(f"{told}; if it was set up anew: ssh-keygen -R {at.host}") from error
    except paramiko.AuthenticationException as error:
        raise NotReached(f"{at} does not take your key: name it with -i, or add it to ssh-agent") from error
    except (socket.gaierror, paramiko.ssh_exception.NoValidConnectionsError, OSError) as error:
        raise NotReached(f"{at} cannot be reached: {clean(str(error))}") from error
    except paramiko.SSHException as error:
        raise NotReached(f"{at} does not speak SSH as it should: {clean(str(error))}") from error
