"""The files of duplicity at its target, by their names: nothing is run, no lock is taken, no passphrase is needed.

`duplicity collection-status` counts a set that was killed half-way as a whole one where its unfinished manifest lies on
the same machine (seen with 0.8.22). At the target a set is whole once its manifest is there, and all its volumes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from agent.looking import DuplicityTarget, Look
from agent.sources.logs import not_read
from checks.reading import Instant

MOST_NAMED = 5
_TIME = r"\d{8}T\d{6}Z"
_NAME = re.compile(
    rf"duplicity-(?:full|inc\.(?P<start>{_TIME})\.to)\.(?P<at>{_TIME})\."
    r"(?:vol(?P<volume>\d+)\.difftar|manifest)(?:\.gpg|\.gz)?$"
)
_VOLUME = re.compile(rb"Volume (\d+):")
_MOST_BYTES = 1 << 20
"""Of a manifest; in it the volumes stand apart from the list of files."""
_QUIET = 3 * 3600
"""Seconds without a new file after which a set without a manifest is taken for given up."""


@dataclass(slots=True)
class Set:
    """One full or incremental backup set."""

    at: Instant
    """When it was begun: what is restored from it is as of then."""
    start: Instant | None = None
    """The set that it builds on; None for a full one."""
    volumes: set[int] = field(default_factory=set)
    manifest: Path | None = None
    written_at: Instant = 0
    """When its newest file was written."""
    fault: str = ""
    """Why it is not whole, by itself; empty where it is."""

    @property
    def kind(self) -> str:
        """As duplicity calls it."""
        return "full" if self.start is None else "incremental"


def sets(target: DuplicityTarget) -> list[Set]:
    """The sets at a target, oldest first, each with its fault. Raises NotTold."""
    found: dict[tuple[Instant | None, Instant], Set] = {}
    try:
        with os.scandir(target.path) as entries:
            for entry in entries:
                if (named := _NAME.search(entry.name)) is not None:
                    _add(found, named, entry)
    except OSError as error:
        raise not_read(error) from error
    told = sorted(found.values(), key=lambda one: one.at)
    for one in told:
        one.fault = _fault(one)
    return told


def usable(found: list[Set]) -> Iterator[Set]:
    """The sets that can be restored from, oldest first: whole, and so is every set that they build on."""
    good: set[Instant] = set()
    for one in found:
        if not one.fault and (one.start is None or one.start in good):
            good.add(one.at)
            yield one


def is_going_on(one: Set, now: Instant) -> bool:
    """Whether a backup may still be writing this set."""
    return one.manifest is None and now - one.written_at < _QUIET


def fingerprint(at: Look) -> str:
    """Changes with every file that comes or goes at a target, and when none has for long."""
    return " ".join(_fingerprint(one.path, at.now) for one in at.asked.duplicity)


def _add(found: dict[tuple[Instant | None, Instant], Set], named: re.Match[str], entry: os.DirEntry[str]) -> None:
    try:
        start, at = (_instant(named[key]) if named[key] else None for key in ("start", "at"))
        stat = entry.stat()
    except (ValueError, FileNotFoundError):  # no time; or gone since the folder was read
        return
    if at is None or (start is not None and start >= at):
        return
    one = found.setdefault((start, at), Set(at, start))
    one.written_at = max(one.written_at, int(stat.st_mtime))
    if not stat.st_size:
        return  # a full disk leaves empty files
    if named["volume"]:
        one.volumes.add(int(named["volume"]))
    else:
        one.manifest = Path(entry.path)


def _fault(one: Set) -> str:
    if one.manifest is None:
        return "no manifest, so it did not come to its end"
    lost = sorted(_listed(one) - one.volumes)
    return f"volume {lost[0]} is lost" + (f", and {len(lost) - 1} more" if lost[1:] else "") if lost else ""


def _listed(one: Set) -> set[int]:
    """The volumes that must be there: by the manifest where it may be read; else up to the last that is there."""
    plain = one.manifest is not None and one.manifest.suffix == ".manifest"
    listed = _of_manifest(one.manifest) if plain and one.manifest else set()
    return listed or set(range(1, max(one.volumes, default=1) + 1))


def _of_manifest(manifest: Path) -> set[int]:
    try:
        with manifest.open("rb") as file:
            lines = file.read(_MOST_BYTES).splitlines()
    except OSError:
        return set()
    return {int(told[1]) for told in map(_VOLUME.match, lines) if told}


def _fingerprint(path: Path, now: Instant) -> str:
    try:
        changed = path.stat()
        return f"{changed.st_mtime_ns} {'quiet' if now - changed.st_mtime >= _QUIET else 'busy'}"
    except OSError as error:
        return str(error.errno)


def _instant(text: str) -> Instant:
    return int(datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp())
