"""What apt would install, asked once for all the checks that want to know.

`apt-get -s dist-upgrade` needs no root and changes nothing; it is 50 to 340 times as dear as a round of psutil, so its
answer is kept and asked again only when dpkg's status or the package lists have changed (DESIGN, section 6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from agent.looking import Look
from agent.programs import ProgramError, run
from checks.reading import Instant, Item

_COMMAND = ["apt-get", "-s", "-o", "Debug::NoLocking=true", "-q", "dist-upgrade"]
_SECONDS = 120.0
_LINE = re.compile(r"Inst (?P<name>\S+) (?:\[(?P<old>[^\]]*)\] )?\((?P<new>\S+) (?P<origin>.*?) \[[^\]]*\]\)")
_SECURITY = re.compile(r"-security|Debian-Security|ESM", re.IGNORECASE)
_SEEN = "apt first seen"
_ANSWER = "apt answer"


class AptSilent(Exception):
    """Apt gave no answer: says why."""


@dataclass(frozen=True, slots=True)
class Update:
    """One update that waits."""

    name: str
    old: str
    new: str
    origin: str
    first_seen: Instant

    @property
    def is_security(self) -> bool:
        """Whether it comes from a security archive."""
        return _SECURITY.search(self.origin) is not None

    @property
    def item(self) -> Item:
        """As a reading carries it."""
        origin = self.origin.split(",")[0]
        return Item(self.name, f"{self.old or 'new'} → {self.new} {origin}", self.first_seen)


@dataclass(frozen=True, slots=True)
class Answer:
    """What apt said, and when it was asked."""

    taken_at: Instant
    updates: tuple[Update, ...]


def is_here(at: Look) -> bool:
    """Whether this machine is looked after by apt."""
    return (at.root / "var/lib/dpkg/status").exists()


def fingerprint(at: Look) -> str:
    """Changes when packages or lists have: times of dpkg's status, of the lists and of the sources."""
    watched = (
        "var/lib/dpkg/status",
        "var/lib/apt/lists",
        "var/lib/apt/lists/partial",
        "etc/apt/sources.list",
        "etc/apt/sources.list.d",
        "etc/apt/preferences.d",
    )
    return " ".join(str(_changed(at.root / path)) for path in watched)


def ask(at: Look) -> Answer:
    """What waits; from memory where nothing has changed since it was asked. Raises AptSilent."""
    print_now = fingerprint(at)
    kept = at.memory.recall(_ANSWER)
    if isinstance(kept, dict) and kept.get("fingerprint") == print_now and at.now - kept["taken_at"] < 6 * 3600:
        return Answer(kept["taken_at"], tuple(Update(*one) for one in kept["updates"]))
    updates = tuple(_dated(at, _asked(at)))
    rows = [[one.name, one.old, one.new, one.origin, one.first_seen] for one in updates]
    at.memory.keep(_ANSWER, {"fingerprint": print_now, "taken_at": at.now, "updates": rows})
    return Answer(at.now, updates)


def refreshed_at(at: Look) -> Instant | None:
    """When the lists were last refreshed; never the mtime of `InRelease`, which is the publisher's."""
    stamps = ("var/lib/apt/periodic/update-success-stamp", "var/lib/apt/lists/partial")
    times = [when for path in stamps if (when := _changed(at.root / path))]
    lists = at.root / "var/lib/apt/lists"
    has_lists = lists.is_dir() and any(path.name.endswith("Release") for path in lists.iterdir())
    return max(times) if times and has_lists else None


def parsed(text: str) -> Iterator[tuple[str, str, str, str]]:
    """Name, old version, new version and origin of each `Inst` line."""
    for line in text.splitlines():
        match = _LINE.match(line)
        if match:
            yield match["name"], match["old"] or "", match["new"], match["origin"]


def _asked(at: Look) -> str:
    where = [] if at.root == Path("/") else ["-o", f"Dir={at.root}"]
    try:
        ran = run([*_COMMAND, *where], seconds=_SECONDS)
    except ProgramError as error:
        raise AptSilent(str(error)) from error
    if ran.status:
        raise AptSilent(f"apt-get ended with {ran.status}: {ran.err.strip()[:200]}")
    return ran.out


def _dated(at: Look, text: str) -> Iterator[Update]:
    """Each update with when it was first seen here; what is gone is forgotten."""
    kept = at.memory.recall(_SEEN)
    before = kept if isinstance(kept, dict) else {}
    seen: dict[str, Instant] = {}
    for name, old, new, origin in parsed(text):
        key = f"{name} {new}"
        seen[key] = int(before.get(key, at.now))
        yield Update(name, old, new, origin, seen[key])
    at.memory.keep(_SEEN, seen)


def _changed(path: Path) -> Instant:
    try:
        return int(path.stat().st_mtime)
    except OSError:
        return 0
