"""Pacman (Arch). `checkupdates` syncs a copy of the lists, where it is there; the lists of the system are never synced.

That would leave a machine on which the next installation upgrades half of it (pacman's own warning against `-Sy`).
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from agent.looking import Look
from agent.sources.packages.updates import Manager, Update, UpdatesSilent, answer, is_system, mtime, prints
from checks.reading import Instant

_LISTS, _INSTALLED = "var/lib/pacman/sync", "var/lib/pacman/local"
_LINE = re.compile(r"(?P<name>\S+) (?P<old>\S+) -> (?P<new>\S+)(?P<held> \[ignored\])?")
_NOTHING, _NOTHING_TO_CHECK = 1, 2
"""Exit codes of `pacman -Qu` and of `checkupdates` where nothing waits."""


def _waiting(at: Look) -> Iterator[Update]:
    if _syncs(at):
        ran = answer(["checkupdates", "--nocolor"], well=(0, _NOTHING_TO_CHECK))
    else:
        ran = answer(["pacman", *_where(at), "-Qu"], well=(0, _NOTHING))
        if ran.err.strip():  # without lists it ends as where nothing waits
            raise UpdatesSilent(f"pacman: {' '.join(ran.err.split())[:200]}")
    for line in ran.out.splitlines():
        found = _LINE.fullmatch(line.strip())
        if found:
            yield Update(found["name"], found["new"], found["old"], is_held=found["held"] is not None)


def _syncs(at: Look) -> bool:
    return at.root == Path("/") and shutil.which("checkupdates") is not None


def _where(at: Look) -> list[str]:
    root = at.root
    return (
        []
        if root == Path("/")
        else ["--root", f"{root}", "--dbpath", f"{root}/var/lib/pacman", "--config", f"{root}/etc/pacman.conf"]
    )


def _refreshed_at(at: Look) -> Instant | None:
    """The folder's time: that of a list in it is its publisher's. `checkupdates` is as fresh as the look."""
    return at.now if _syncs(at) else mtime(at.root / _LISTS) or None


PACMAN = Manager(
    "pacman",
    is_here=lambda at: is_system(at, "arch"),
    fingerprint=lambda at: prints(at, _LISTS, _INSTALLED, "etc/pacman.conf"),
    waiting=_waiting,
    refreshed_at=_refreshed_at,
    no_security=lambda _: "pacman does not tell which updates are for security",
)
