"""Both doors of a console, for tests that knock at either: the embedded one, and a real sshd in front."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import paramiko
import psutil
import pytest
from conftest import House, eventually, needs

from agent.ssh import Line, key_of_seed, line_to, new_key, public_line, read_key
from checks import wire
from checks.reading import CheckIn, CheckName, Machine, Reading
from checks.token import Token, read, seed, user_of

KINDS = ("embedded", "openssh")
EMBEDDED_FIRST = ("embedded", pytest.param("openssh", marks=pytest.mark.faults))
"""For what takes long and hardly depends on the door: behind OpenSSH it is for the deep tier."""
EPOCH = "0123456789abcdef0123456789abcdef"
_SSHD = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")


@dataclass
class Door:
    """One door, and what stands behind it."""

    house: House
    kind: str
    port: int
    account: str = ""
    folder: Path = Path()
    sshd: subprocess.Popen[bytes] | None = None
    log: Path = field(default_factory=Path)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def pin(self) -> str:
        return str(self.house.client.page("house").host_key)

    def user(self, name: str) -> str:
        """The SSH user name of an agent or a newcomer at this door."""
        return name if self.kind == "embedded" else self.account

    @property
    def server(self) -> psutil.Process:
        """The process that strangers talk to."""
        process = self.house.daemon if self.kind == "embedded" else self.sshd
        assert process is not None
        return psutil.Process(process.pid)

    def memory(self) -> int:
        """Bytes that the daemon, and everything that the door has started, have of their own."""
        assert self.house.daemon is not None
        roots = [psutil.Process(self.house.daemon.pid), *([self.server] if self.sshd else [])]
        total = 0
        for one in [child for root in roots for child in (root, *root.children(recursive=True))]:
            try:
                total += one.memory_full_info().uss
            except psutil.NoSuchProcess:
                pass
        return total

    @contextmanager
    def bounded(self, most: int, said: Callable[[str], None] = str) -> Iterator[None]:
        """Fails where what the door has of its own grows by more than `most` bytes at any time meanwhile.

        By how much it grew is said before.
        """
        before, peak, over = self.memory(), 0, threading.Event()

        def look() -> None:
            nonlocal peak
            while not over.wait(0.05):
                peak = max(peak, self.memory())

        looking = threading.Thread(target=look)
        looking.start()
        try:
            yield
        finally:
            over.set()
            looking.join()
        grown = max(peak, self.memory()) - before
        said(f"{self.kind} grew by {grown / (1 << 20):.0f} MiB")
        assert grown < most, f"grew by {grown >> 20} MiB"

    def token(self) -> Token:
        return read(self.house.client.do("invite", client="mill", site="main", host="").token)

    def newcomer(self, token: Token) -> Line:
        """A line that the key of this token has opened."""
        user, key = user_of(token.token_id), key_of_seed(seed(token))
        return line_to(self.address, user, key, (token.host_key,), token.account)

    def join(self) -> tuple[str, str]:
        """Join for real: the agent's id, and its private key."""
        private = new_key()
        with self.newcomer(self.token()) as line:
            line.send(wire.Join(public_line(read_key(private)), Machine("box", "debian-12")))
            joined = line.receive()
        assert isinstance(joined, wire.Joined), joined
        return joined.agent_id, private

    def line(self, agent: str, private: str) -> Line:
        return line_to(self.address, agent, read_key(private), (self.pin,), self.account)

    def stranger(self, source: str = "127.0.0.1") -> paramiko.Transport:
        """An SSH connection whose keys are agreed on, and that has not logged in."""
        transport = paramiko.Transport(self.plain(source))
        transport.start_client(timeout=20)
        return transport

    def plain(self, source: str = "127.0.0.1") -> socket.socket:
        """A bare connection from an address of the loopback."""
        return socket.create_connection(("127.0.0.1", self.port), 20, (source, 0))

    def inside(self, agent: str, private: str) -> paramiko.Transport:
        """A connection that has logged in, and has asked for nothing yet."""
        transport = self.stranger()
        transport.auth_publickey(self.user(agent), read_key(private))
        return transport

    def said(self) -> str:
        """What daemon and sshd have logged."""
        daemon = (self.house.home.parent / "daemon.log").read_text(errors="replace")
        return daemon + (self.log.read_text(errors="replace") if self.sshd else "")

    def start_sshd(self) -> None:
        with self.log.open("ab") as log:
            command = [str(_SSHD), "-D", "-e", "-f", str(self.folder / "sshd_config")]
            self.sshd = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=log)
        self.house.children.append(self.sshd)
        eventually(lambda: _answers(self.port))


def hello(line: Line, newest: int = 1) -> wire.FromConsole:
    line.send(wire.Hello(EPOCH, newest, "boot", 100.0, int(time.time()), "0.1.0"))
    return line.receive()


def check_in(seq: int = 1, value: float = 0.5) -> bytes:
    now = int(time.time())
    readings = (Reading(CheckName("disk"), "/", value, now, now + 60),)
    machine = Machine("box", "debian-12")
    return wire.encode_check_in(CheckIn(EPOCH, seq, now, "boot", 100.0, 60, "0.1.0", machine, readings))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@contextmanager
def account() -> Iterator[str]:
    """An account for agents to log in as: one of its own where root can make one, else whoever runs the tests."""
    if os.geteuid():
        yield getpass.getuser()
        return
    Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    name = f"wb-door-{os.getpid()}"
    make = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    eventually(lambda: subprocess.run([*make, "--shell", "/bin/sh", name], check=False).returncode in {0, 9})
    subprocess.run(["usermod", "--password", "*", name], check=True)
    try:
        yield name
    finally:
        subprocess.run(["userdel", name], check=False)


@contextmanager
def fronted(kind: str, folder: Path, models: tuple[str, ...], grace: int = 20) -> Iterator[Door]:
    """A console with this door open, which gives strangers so many seconds to log in."""
    if kind == "openssh" and _SSHD is None:
        needs("sshd")
    (folder / "home").mkdir()
    house = House(folder / "home")
    try:
        house.start("--grace", str(grace))
        house.publish(*models)
        if kind == "embedded":
            yield Door(house, kind, house.port)
            return
        with account() as name, tempfile.TemporaryDirectory(prefix="wb-") as reachable:
            Path(reachable).chmod(0o755)
            port = free_port()
            written = house.process(
                "door", "openssh", "--port", str(port), "--listen", "127.0.0.1", "--address", "127.0.0.1",
                "--account", name, "--out", str(folder / "door"), "--socket", f"{reachable}/door.sock",
            )  # fmt: skip
            assert written.returncode == 0, written.stderr
            house.stop()
            house.start("--grace", str(grace))
            door = Door(house, kind, port, name, folder / "door", log=folder / "sshd.log")
            config = door.folder / "sshd_config"
            config.write_text(config.read_text().replace("LoginGraceTime 20", f"LoginGraceTime {grace}"))
            door.start_sshd()
            yield door
            house.close()
    finally:
        house.close()


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1):
            return True
    except OSError:
        return False
