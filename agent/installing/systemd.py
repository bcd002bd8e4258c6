"""The agent as a service, or by a timer, of systemd: the unit files, the account, and the folders it may write."""

from __future__ import annotations

import os
import pwd
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from agent.installing.steps import NotInstalled, Step, Undo, safely
from agent.programs import ProgramError, run

UNITS = Path("/etc/systemd/system")
STATE = Path("/var/lib/watchbill")
RECORD = STATE / "installed.json"
SECONDS = 60.0
_OWN = 0o700
_IN_FILE = {"program": "/opt/watchbill/bin/watchbill-agent", "python": "/opt/watchbill/bin/python"}
"""Where the unit files that come with the package take the product to be."""
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./_-")
_ONCE = ("Restart=", "RestartSec=", "RestartPreventExitStatus=", "# Not joined")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be installed."""

    program: Path
    account: str = "watchbill"
    pace: int = 300
    """Seconds between two check-ins of a timer."""
    by_timer: bool = False
    helper: bool = False
    """Whether root's helper comes with it (docs/root-helper.md)."""
    starts: bool = False
    """Whether it starts now; one that has not joined would end at once."""

    @property
    def unit(self) -> str:
        """The unit that is switched on."""
        return "watchbill-agent.timer" if self.by_timer else "watchbill-agent.service"


def service(wanted: Wanted) -> str:
    """The agent's unit: it stays, or is one check-in where a timer starts it."""
    text = _filled("watchbill-agent.service", wanted)
    text = text.replace("User=watchbill", f"User={wanted.account}").replace(
        "Group=watchbill", f"Group={wanted.account}"
    )
    if not wanted.by_timer:
        return text
    lines = [line for line in text.partition("\n[Install]")[0].splitlines() if not line.startswith(_ONCE)]
    lines = [line.replace(f"{STATE} run", f"{STATE} checkin") for line in lines]
    return "\n".join(lines).replace("[Service]\n", "[Service]\nType=oneshot\nTimeoutStartSec=10min\n") + "\n"


def timer(wanted: Wanted) -> str:
    """Starts a check-in again and again, each machine at a moment of its own."""
    return (
        f"[Unit]\nDescription=Watchbill agent, every {wanted.pace} s\n\n[Timer]\nOnBootSec=1min\n"
        f"OnUnitActiveSec={wanted.pace}\nRandomizedDelaySec={min(30, wanted.pace // 10)}\nAccuracySec=1s\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def steps(wanted: Wanted) -> Iterator[Step]:
    """Everything, in order. Raises NotInstalled where it could not work here."""
    _refuse(wanted)
    yield _account(wanted)
    yield _folder(STATE, wanted, 0o711, "what the agent keeps")
    yield _folder(STATE / "agent", wanted, _OWN, "key and spool, for itself alone")
    for name, what in (("jobs", "wrapped jobs"), ("restore-tests", "what was restored")):
        yield _folder(STATE / name, wanted, 0o2775, f"{what}, also by members of the group {wanted.account}")
    yield _unit("watchbill-agent.service", service(wanted))
    if wanted.by_timer:
        yield _unit("watchbill-agent.timer", timer(wanted))
    yield _switched(wanted.unit, starts=wanted.starts)
    if wanted.helper:
        for name in ("watchbill-root.service", "watchbill-root.timer"):
            yield _unit(name, _filled(name, wanted))
        yield _switched("watchbill-root.timer", starts=True)


def _refuse(wanted: Wanted) -> None:
    for name, value in (("--user", wanted.account), ("the program's path", str(wanted.program))):
        if not value or set(value) - _PLAIN:
            raise NotInstalled(f"{name} {value!r} has characters that a unit cannot hold; use letters, digits, ./_-")
    if wanted.account == "root":
        raise NotInstalled("the agent does not run as root; name another account with --user")
    closed = [folder for folder in wanted.program.resolve().parents if not folder.stat().st_mode & 0o001]
    if closed:
        told = f"{wanted.account} cannot run {wanted.program}: nobody but its owner enters {closed[-1]}"
        raise NotInstalled(f"{told}; install the agent for all accounts, as in /opt/watchbill")


def _filled(name: str, wanted: Wanted) -> str:
    text = (files("agent.units") / name).read_text()
    text = text.replace(_IN_FILE["program"], str(wanted.program))
    return text.replace(_IN_FILE["python"], str(wanted.program.with_name("python")))


def _account(wanted: Wanted) -> Step:
    name = wanted.account
    words = ["--system", "--user-group", "--no-create-home", "--home-dir", str(STATE), "--shell", "/usr/sbin/nologin"]

    def remove() -> None:
        if _is_known(name):
            called("userdel", name)

    def do() -> Undo:
        called("useradd", *words, name)
        return remove

    says = f"the account {name}: a system account that nobody can log in to"
    return Step(f"account {name}", says, lambda: _is_known(name), do, remove, stays=True)


def _is_known(account: str) -> bool:
    try:
        pwd.getpwnam(account)
    except KeyError:
        return False
    return True


def _folder(path: Path, wanted: Wanted, mode: int, says: str) -> Step:
    """A folder of the account's; one that is there already, with what is in it, is given to the account."""

    def is_done() -> bool:
        if not path.is_dir() or not _is_known(wanted.account):
            return False
        found, account = path.stat(), pwd.getpwnam(wanted.account)
        return (found.st_uid, found.st_gid, found.st_mode & 0o7777) == (account.pw_uid, account.pw_gid, mode)

    def do() -> Undo:
        before = (
            [(one, one.stat(follow_symlinks=False)) for one in (path, *_inside(path, mode))] if path.exists() else []
        )
        path.mkdir(parents=True, exist_ok=True)
        account = pwd.getpwnam(wanted.account)
        for one in (path, *_inside(path, mode)):
            os.chown(one, account.pw_uid, account.pw_gid, follow_symlinks=False)
        path.chmod(mode)
        return (lambda: _as_it_was(before)) if before else path.rmdir

    def remove() -> None:
        if path != STATE or {*path.iterdir()} <= {RECORD}:
            shutil.rmtree(path)

    return Step(f"folder {path}", f"the folder {path}: {says}", is_done, do, remove, stays=True)


def _inside(path: Path, mode: int) -> list[Path]:
    """What goes to the account with its folder: what was written by whoever joined before."""
    return [*path.iterdir()] if mode == _OWN else []


def _as_it_was(before: list[tuple[Path, os.stat_result]]) -> None:
    for path, was in before:
        os.chown(path, was.st_uid, was.st_gid, follow_symlinks=False)
    path, was = before[0]
    path.chmod(was.st_mode & 0o7777)


def _unit(name: str, text: str) -> Step:
    path = UNITS / name

    def write(what: str) -> None:
        path.write_text(what)
        path.chmod(0o644)
        called("systemctl", "daemon-reload")

    def remove() -> None:
        path.unlink(missing_ok=True)
        called("systemctl", "daemon-reload")

    def do() -> Undo:
        before = path.read_text() if path.exists() else None
        return safely(lambda: write(text), remove if before is None else lambda: write(before))

    return Step(f"file {path}", f"the unit {path}", lambda: path.is_file() and path.read_text() == text, do, remove)


def _switched(unit: str, *, starts: bool) -> Step:
    now = ("--now",) if starts else ()

    def remove() -> None:
        called("systemctl", "disable", "--quiet", "--now", unit)

    def do() -> Undo:
        called("systemctl", "enable", "--quiet", *now, unit)
        return remove

    says = f"{unit} is switched on" + (", and starts now" if starts else ", and starts once this machine has joined")
    return Step(
        f"switch {unit}", says, lambda: _is("is-enabled", unit) and (not starts or _is("is-active", unit)), do, remove
    )


def _is(question: str, unit: str) -> bool:
    try:
        return run(("systemctl", "--quiet", question, unit), seconds=SECONDS).status == 0
    except ProgramError as error:
        raise NotInstalled(str(error)) from error


def called(*argv: str) -> None:
    """Run a program of the system. Raises NotInstalled with its last line where it fails."""
    try:
        ran = run(argv, seconds=SECONDS)
    except ProgramError as error:
        raise NotInstalled(str(error)) from error
    if ran.status:
        last = (ran.err.strip() or ran.out.strip()).splitlines()[-1:]
        raise NotInstalled(f"{' '.join(argv)} ended with {ran.status}: {' '.join(last)}")
