"""A machine that a technician reaches by SSH: a real sshd with its own host key, on a port of the loopback."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from conftest import eventually, needs
from doors import free_port

from agent.ssh import new_key, public_line, read_key

_CONFIG = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
PidFile none
AuthorizedKeysFile {folder}/authorized_keys
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
SetEnv PATH={path} HOME={folder}/account TMPDIR={folder}/tmp
{more}
"""


@dataclass
class Reachable:
    """A machine, and the technician's key to it."""

    folder: Path
    port: int
    sshd: subprocess.Popen[bytes]

    @property
    def login(self) -> str:
        return f"{getpass.getuser()}@127.0.0.1"

    @property
    def key(self) -> Path:
        return self.folder / "id"

    @property
    def known(self) -> Path:
        """The technician's own ~/.ssh/known_hosts."""
        return self.folder / "laptop/.ssh/known_hosts"

    @property
    def ssh(self) -> list[str]:
        """What tells a command how to get there."""
        return [self.login, "-p", str(self.port), "-i", str(self.key)]

    @property
    def env(self) -> dict[str, str]:
        """An environment of the technician's laptop."""
        return {**os.environ, "HOME": str(self.folder / "laptop"), "SSH_AUTH_SOCK": ""}

    def left(self) -> list[str]:
        """What stands in its folder for temporary things."""
        return sorted(one.name for one in (self.folder / "tmp").iterdir())

    def is_known(self) -> None:
        """The technician has seen its host key before."""
        public = read_key((self.folder / "host_key").read_text())
        self.known.parent.mkdir(parents=True, exist_ok=True)
        self.known.write_text(f"[127.0.0.1]:{self.port} {public.get_name()} {public.get_base64()}\n")


@contextmanager
def reachable(
    folder: Path, more: str = "", path: str = os.environ["PATH"], inside: Sequence[str] = ()
) -> Iterator[Reachable]:
    """Start one. Its users have `path` as their PATH; `inside` is what starts a program on another machine."""
    sshd = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if sshd is None:
        needs("sshd")
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("laptop", "account", "tmp"):
        (folder / name).mkdir()
    for name in ("host_key", "id"):
        (folder / name).write_text(new_key())
        (folder / name).chmod(0o600)
    (folder / "authorized_keys").write_text(public_line(read_key((folder / "id").read_text())) + "\n")
    port = free_port()
    (folder / "sshd_config").write_text(_CONFIG.format(port=port, folder=folder, path=path, more=more))
    if os.geteuid() == 0:
        subprocess.run([*inside, "mkdir", "-p", "-m", "755", "/run/sshd"], check=True)
    command = [*inside, str(sshd), "-D", "-e", "-f", str(folder / "sshd_config")]
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=log)
    try:
        eventually(lambda: f"listening on 127.0.0.1 port {port}" in (folder / "log").read_text())
        yield Reachable(folder, port, running)
    finally:
        running.terminate()
        running.wait(20)
