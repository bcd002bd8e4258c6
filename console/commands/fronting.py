"""An OpenSSH door, put in front of a home: what is here to make it of, what forbids it, and the files of it."""

from __future__ import annotations

import getpass
import os
import pwd
import re
import shlex
import shutil
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec

from console.client.front import OpenSshDoor, written_at
from console.client.where import socket_path
from console.commands import sshd
from console.commands.children import ran
from console.commands.sshd import Front, NoSshd

ACCOUNT = "watchbill-door"
_SEARCHED = "/usr/sbin:/usr/local/sbin:/sbin:/usr/bin"
_RUN = Path("/run/watchbill")


class NotPossible(Exception):
    """This door cannot be: says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for; "" and None for what is usual."""

    port: int
    listen: str
    address: str
    account: str
    out: Path | None
    socket: Path | None
    program: str


def front(home: Path, wanted: Wanted) -> Front:
    """What is here to make a door of. Raises NoSshd, NotPossible and CannotStart."""
    console = home / "console"
    if not (console / "host_key").exists():
        raise NotPossible(f"no daemon has worked in {home} yet; run `watchbill serve` once, its host key is the door's")
    is_root = os.geteuid() == 0
    account = wanted.account or (ACCOUNT if is_root else getpass.getuser())
    owner = pwd.getpwuid(console.stat().st_uid).pw_name
    found = wanted.program or shutil.which("sshd", path=_SEARCHED)
    if not found:
        raise NoSshd("there is no sshd here; install openssh-server, or name one with --sshd")
    _refuse_account(account, is_root)
    path = wanted.socket or (_RUN / "door.sock" if account != owner else socket_path(home).with_name("door.sock"))
    folder = (wanted.out or (Path("/etc/watchbill") if is_root else home / "door")).absolute()
    python = _python(account)
    bad = sshd.awkward(home, folder, python, sshd.KEYS, path, wanted.listen)
    if bad:
        raise NotPossible(f"{bad!r} has a character that sshd's files cannot hold; use names without spaces and quotes")
    _, said = ran([found, "-V"])
    version = sshd.version_of(said)
    return Front(found, version, home, python, wanted.listen, wanted.port, account, owner, path, folder)


def write(door: Front, address: str) -> OpenSshDoor:
    """Every file, after sshd itself has agreed to its own. Raises NotPossible and OSError."""
    door.folder.mkdir(parents=True, exist_ok=True, mode=0o755)
    new = door.config.with_suffix(".new")
    new.write_text(sshd.config(door))
    if os.geteuid() == 0:  # sshd wants it even to look at a configuration; who starts its service makes it
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    code, said = ran([door.sshd, "-t", "-f", str(new)])
    if code:
        raise NotPossible(f"{door.sshd} refuses {new}: {said}")
    new.replace(door.config)
    (door.folder / sshd.UNIT.name).write_text(sshd.unit(door))
    told = OpenSshDoor(reached_at(address, door.port), door.port, door.account, str(door.socket))
    at = written_at(door.home)
    beside, folder = at.with_suffix(".new"), at.parent.stat()
    with beside.open("wb") as file:
        file.write(msgspec.json.encode(told))
        file.flush()
        os.fsync(file.fileno())  # the daemon does not start on half of it
    os.chown(beside, folder.st_uid, folder.st_gid)
    beside.replace(at)
    return told


def start(door: Front) -> list[str]:
    """The commands that start it."""
    config, unit = shlex.quote(str(door.config)), door.folder / sshd.UNIT.name
    if os.geteuid():
        return [f"{door.sshd} -D -e -f {config}"]
    return [
        f"install -m 644 {shlex.quote(str(unit))} /etc/systemd/system/",
        "systemctl daemon-reload",
        f"systemctl enable --now {unit.stem}",
    ]


def reached_at(given: str, port: int) -> str:
    """`host:port`, of a host that may have a port already; this machine's own name where none was given."""
    host = given or socket.getfqdn()
    if re.fullmatch(r"(\[[^]]+]|[^:]+):\d+", host):
        return host
    return f"[{host}]:{port}" if ":" in host.strip("[]") and not host.startswith("[") else f"{host}:{port}"


def _refuse_account(account: str, is_root: bool) -> None:
    try:
        known = pwd.getpwnam(account)
    except KeyError:
        raise NotPossible(
            f"there is no account {account}; make it: useradd --system --user-group --no-create-home "
            f"--home-dir /nonexistent --shell /bin/sh {account} && usermod --password '*' {account}"
        ) from None
    if known.pw_uid == 0:
        raise NotPossible("agents do not log in as root; make an account that owns nothing, and name it with --account")
    if not is_root and known.pw_uid != os.geteuid():
        raise NotPossible(f"only root can run a door as {account}; without root it is {getpass.getuser()}'s own")
    if Path(known.pw_shell).name in {"nologin", "false"}:
        raise NotPossible(
            f"sshd starts the bridge with the shell of {account}, and {known.pw_shell} starts nothing; "
            f"usermod --shell /bin/sh {account}"
        )


def _python(account: str) -> str:
    """An interpreter that the account can run, as it can read our two programs. Raises NotPossible."""
    own = os.geteuid() == pwd.getpwnam(account).pw_uid
    for path in (sshd.BRIDGE, sshd.KEYS):
        if not own and not _is_everybodys(path):
            raise NotPossible(f"{account} cannot read {path}; install Watchbill where every account can, as in /opt")
    here = Path(sys.executable).resolve()
    found = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    for one in (here, Path(found or here).resolve()):
        if own or _is_everybodys(one):
            return str(one)
    raise NotPossible(f"{account} cannot run {here}; install the system's python3")


def _is_everybodys(path: Path) -> bool:
    """Whether every account can get there and read it."""
    folders = all(folder.stat().st_mode & 0o001 for folder in path.parents)
    return folders and bool(path.stat().st_mode & 0o004)
