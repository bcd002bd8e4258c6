"""What a package manager is to us: what it would install, asked once for all the checks that want to know.

Asking is dear (apt: 50 to 340 times a round of psutil), so an answer is kept, and asked for again when what it was made
of has changed, or after six hours (DESIGN, section 6). Nothing is refreshed by us: the age of the lists is a check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec
from msgspec import Struct

from agent.looking import DEAR_EVERY, Look
from agent.machine import os_release
from agent.programs import ProgramError, Ran, run
from checks.reading import Instant, Item

RPM = tuple(
    f"{folder}/{file}"
    for folder in ("usr/lib/sysimage/rpm", "var/lib/rpm")
    for file in ("rpmdb.sqlite", "rpmdb.sqlite-wal", "Packages.db", "Packages")
)
"""Where RPM keeps what is installed: today's SQLite, SUSE's own, and what came before."""
SECONDS = 120.0
MOST_BYTES = 32 << 20


class UpdatesSilent(Exception):
    """A package manager gave no answer: says why."""


class Update(Struct, frozen=True, omit_defaults=True):
    """One update that waits."""

    name: str
    new: str
    old: str = ""
    """`new` where it would be installed anew; empty where nobody tells."""
    origin: str = ""
    since: Instant | None = None
    """When its publisher made it available; where nobody tells, when it was first seen here."""
    severity: str = ""
    """`critical`, `high`, `moderate` or `low`, where its publisher says so."""
    is_security: bool = False
    is_held: bool = False
    """Whether somebody keeps it back on this machine."""
    is_notice: bool = False
    """Whether it only names why others wait (SUSE's patches): those are counted, and this is not."""

    @property
    def item(self) -> Item:
        """As a reading carries it."""
        versions = f"{self.old} → {self.new}".strip() if self.new else ""
        words = f"{versions} {self.origin}".strip() + (", held back" if self.is_held else "")
        return Item(self.name, words, self.since, self.severity)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a package manager said, and when it was asked."""

    taken_at: Instant
    updates: tuple[Update, ...]


@dataclass(frozen=True, slots=True)
class Manager:
    """One package manager."""

    name: str
    is_here: Callable[[Look], bool]
    """Whether it looks after this machine; at most a few `stat`s."""
    fingerprint: Callable[[Look], str]
    """Changes when packages, lists or sources did."""
    waiting: Callable[[Look], Iterable[Update]]
    """What it would install now. Raises UpdatesSilent and ProgramError."""
    refreshed_at: Callable[[Look], Instant | None]
    """When its lists were last fetched; None where nothing tells."""
    subject: str = ""
    """Empty for the system's own; the name of one that is beside it."""
    no_security: Callable[[Look], str] = lambda _: ""
    """Why it cannot tell which updates are for security; empty where it can."""


def is_system(at: Look, *names: str) -> bool:
    """Whether the system is one of these, or made like one (os-release)."""
    release = os_release(at.root)
    return not {release.get("ID", ""), *release.get("ID_LIKE", "").split()}.isdisjoint(names)


def ask(at: Look, manager: Manager) -> Answer:
    """What waits; from memory where nothing has changed since it was asked. Raises UpdatesSilent."""
    print_now = manager.fingerprint(at)
    kept = at.memory.recall(f"updates {manager.name}")
    if isinstance(kept, dict) and kept["fingerprint"] == print_now and 0 <= at.now - kept["taken_at"] < DEAR_EVERY:
        return Answer(kept["taken_at"], msgspec.json.decode(kept["updates"], type=tuple[Update, ...]))
    try:
        updates = _dated(at, manager, manager.waiting(at))
    except ProgramError as error:
        raise UpdatesSilent(str(error)) from error
    text = msgspec.json.encode(updates).decode()
    at.memory.keep(f"updates {manager.name}", {"fingerprint": print_now, "taken_at": at.now, "updates": text})
    return Answer(at.now, updates)


def answer(argv: list[str], *, well: tuple[int, ...] = (0,), env: dict[str, str] | None = None) -> Ran:
    """Run a package manager that only tells. Raises UpdatesSilent where it ends otherwise than well."""
    ran = run(argv, seconds=SECONDS, most_bytes=MOST_BYTES, env=env)
    if ran.status not in well:
        said = " ".join((ran.err or ran.out).split())[:200]
        raise UpdatesSilent(f"{argv[0]} ended with {ran.status}: {said}")
    return ran


def mtime(path: Path) -> Instant:
    """When a file or folder last changed; 0 where there is none, or nobody may see it."""
    return _mtime_ns(path) // 10**9


def prints(at: Look, *paths: str) -> str:
    """When each of these changed, as a fingerprint."""
    return " ".join(str(_mtime_ns(at.root / path)) for path in paths)


def _mtime_ns(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _dated(at: Look, manager: Manager, found: Iterable[Update]) -> tuple[Update, ...]:
    """Each with when it was first seen here where its publisher tells no time; what is gone is forgotten."""
    kept = at.memory.recall(f"first seen {manager.name}")
    before = kept if isinstance(kept, dict) else {}
    seen: dict[str, Instant] = {}
    dated = []
    for one in found:
        first = seen.setdefault(f"{one.name} {one.new}", int(before.get(f"{one.name} {one.new}", at.now)))
        dated.append(one if one.since is not None else msgspec.structs.replace(one, since=first))
    at.memory.keep(f"first seen {manager.name}", seen)
    return tuple(dated)
