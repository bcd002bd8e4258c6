"""The agent as a daemon of macOS: a property list for launchd, an account that nobody can log in to, and its folders.

Made by what launchd.plist(5), launchctl(1) and dscl(1) say; not run by us on macOS.
"""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from pathlib import Path

from agent.installing.folders import STATE, folders, is_known
from agent.installing.steps import NotInstalled, Step, Undo, called, safely, succeeds
from agent.installing.wanted import ACCOUNT, Wanted, refuse_odd

__all__ = ["STATE", "after", "steps"]
LABEL = "watchbill-agent"
FILE = Path("/Library/LaunchDaemons") / f"{LABEL}.plist"
_IDS = range(200, 400)
"""What macOS leaves to accounts of services."""
_AGAIN = 60
"""Seconds before a daemon that failed starts anew; one that has not joined yet fails."""


def property_list(wanted: Wanted) -> bytes:
    """What launchd reads: a process that stays, or one check-in again and again."""
    kept: dict[str, object] = {"KeepAlive": {"SuccessfulExit": False}, "ThrottleInterval": _AGAIN}
    told: dict[str, object] = {
        "Label": LABEL,
        "ProgramArguments": [str(wanted.program), "--home", str(STATE), "checkin" if wanted.by_timer else "run"],
        "UserName": account(wanted),
        "GroupName": account(wanted),
        "WorkingDirectory": "/",
        "ProcessType": "Background",
        "Umask": 0o077,
        "HardResourceLimits": {"Core": 0},
    }
    return plistlib.dumps(told | ({"StartInterval": wanted.pace} if wanted.by_timer else kept), sort_keys=False)


def account(wanted: Wanted) -> str:
    """Whom it runs as: accounts of services begin with an underscore there."""
    return f"_{ACCOUNT}" if wanted.account == ACCOUNT else wanted.account


def steps(wanted: Wanted) -> Iterator[Step]:
    """Everything, in order. Raises NotInstalled where it could not work here."""
    refuse_odd(wanted)
    if wanted.account == "root":
        raise NotInstalled("the agent does not run as root; name another account with --user")
    if wanted.helper:
        raise NotInstalled("the root helper is for Linux")
    yield _account(account(wanted))
    yield from folders(account(wanted))
    yield _daemon(property_list(wanted))


def after(wanted: Wanted) -> tuple[str, ...]:
    """The commands that are left to be said once it is installed."""
    return (f"sudo {wanted.program} --home {STATE} join", f"sudo launchctl kickstart -k system/{LABEL}")


def _account(name: str) -> Step:
    def do() -> Undo:
        taken = {line.split()[-1] for line in called("dscl", ".", "-list", "/Users", "UniqueID").splitlines() if line}
        taken |= {line.split()[-1] for line in called("dscl", ".", "-list", "/Groups", "PrimaryGroupID").splitlines()}
        free = next((str(one) for one in _IDS if str(one) not in taken), None)
        if free is None:
            raise NotInstalled(f"every number for an account of a service ({_IDS[0]} to {_IDS[-1]}) is taken")
        return safely(lambda: _make(name, free), lambda: _forget(name))

    says = f"the account {name}: one that nobody can log in to"
    return Step(f"account {name}", says, lambda: is_known(name), do, lambda: _forget(name), stays=True)


def _make(name: str, number: str) -> None:
    user = (("UniqueID", number), ("PrimaryGroupID", number), ("UserShell", "/usr/bin/false"), ("Password", "*"),
            ("NFSHomeDirectory", "/var/empty"), ("RealName", "Watchbill agent"), ("IsHidden", "1"))  # fmt: skip
    called("dscl", ".", "-create", f"/Groups/{name}", "PrimaryGroupID", number)
    for key, value in user:
        called("dscl", ".", "-create", f"/Users/{name}", key, value)
    called("dscacheutil", "-flushcache")  # else it is not known at once


def _forget(name: str) -> None:
    for room in ("Users", "Groups"):
        if succeeds("dscl", ".", "-read", f"/{room}/{name}"):
            called("dscl", ".", "-delete", f"/{room}/{name}")


def _daemon(content: bytes) -> Step:
    def is_done() -> bool:
        return FILE.is_file() and FILE.read_bytes() == content and _is_loaded()

    def load(what: bytes) -> None:
        _unload()  # what runs is of the file as it was
        FILE.write_bytes(what)
        FILE.chmod(0o644)
        called("launchctl", "bootstrap", "system", str(FILE))

    def remove() -> None:
        _unload()
        FILE.unlink(missing_ok=True)

    def do() -> Undo:
        before = FILE.read_bytes() if FILE.exists() else None
        return safely(lambda: load(content), remove if before is None else lambda: load(before))

    says = f"the daemon {FILE}: launchd keeps it, from now on and after every start"
    return Step(f"daemon {FILE}", says, is_done, do, remove)


def _is_loaded() -> bool:
    return succeeds("launchctl", "print", f"system/{LABEL}")


def _unload() -> None:
    if _is_loaded():
        called("launchctl", "bootout", f"system/{LABEL}")
