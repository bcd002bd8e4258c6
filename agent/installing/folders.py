"""The folders that the agent's account may write, on a Unix; one that is there already is given to it."""

from __future__ import annotations

import os
import pwd
import shutil
from collections.abc import Iterator
from pathlib import Path

from agent.installing.steps import Step, Undo
from agent.installing.wanted import RECORD

STATE = Path("/var/lib/watchbill")
_OWN = 0o700


def folders(account: str) -> Iterator[Step]:
    """Each of them."""
    yield _folder(STATE, account, 0o711, "what the agent keeps")
    yield _folder(STATE / "agent", account, _OWN, "key and spool, for itself alone")
    for name, what in (("jobs", "wrapped jobs"), ("restore-tests", "what was restored")):
        yield _folder(STATE / name, account, 0o2775, f"{what}, also by members of the group {account}")


def is_known(account: str) -> bool:
    """Whether this machine has such an account."""
    try:
        pwd.getpwnam(account)
    except KeyError:
        return False
    return True


def _folder(path: Path, account: str, mode: int, says: str) -> Step:
    """A folder of the account's; one that is there already, with what is in it, is given to the account."""

    def is_done() -> bool:
        if not path.is_dir() or not is_known(account):
            return False
        found, owner = path.stat(), pwd.getpwnam(account)
        return (found.st_uid, found.st_gid, found.st_mode & 0o7777) == (owner.pw_uid, owner.pw_gid, mode)

    def do() -> Undo:
        before = (
            [(one, one.stat(follow_symlinks=False)) for one in (path, *_inside(path, mode))] if path.exists() else []
        )
        path.mkdir(parents=True, exist_ok=True)
        owner = pwd.getpwnam(account)
        for one in (path, *_inside(path, mode)):
            os.chown(one, owner.pw_uid, owner.pw_gid, follow_symlinks=False)
        path.chmod(mode)
        return (lambda: _as_it_was(before)) if before else path.rmdir

    def remove() -> None:
        if path != STATE or {*path.iterdir()} <= {STATE / RECORD}:
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
