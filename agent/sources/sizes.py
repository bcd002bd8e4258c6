"""How big the newest restore points of each backup are: of watched paths, and of restic since 0.17."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agent.looking import Look, WatchedPath
from agent.sources import files, restic
from checks.reading import Gap, Instant, Item, Why
from checks.wording import size

MOST = 16
"""Restore points that are compared, of each backup."""
_SETTLED = 600
"""Seconds after its last write from which a file is taken for whole: a dump that is being written is small."""


@dataclass(frozen=True, slots=True)
class Series:
    """The newest restore points of one backup, the newest first: when each was made, and its bytes."""

    subject: str
    points: tuple[tuple[Instant, int], ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """The sizes in words, as a reading carries them."""
        return tuple(Item("size", size(count), at) for at, count in self.points[:5])


def series(at: Look, check: str) -> Iterator[Series | Gap]:
    """Each backup that was asked for; one of which nobody tells sizes has no points."""
    for watched in at.asked.files:
        try:
            yield Series(watched.name, _whole(at, watched))
        except files.NotReadable as error:
            yield at.gap(check, Why.DENIED, str(error), watched.name)
    for repository in at.asked.restic:
        try:
            found = restic.sizes(repository, MOST)
        except restic.ResticSilent as error:
            yield restic.gap(at, check, repository, error)
            continue
        for of, points in (found or {"": []}).items():
            yield Series(f"{repository.name} {of}".strip(), tuple(reversed(points)))


def fingerprint(at: Look) -> str:
    """Changes when a file is written and whole, or a local repository got a snapshot."""
    return f"{restic.fingerprint(at)} {' '.join(_fingerprint(at, watched) for watched in at.asked.files)}".strip()


def _whole(at: Look, watched: WatchedPath) -> tuple[tuple[Instant, int], ...]:
    found = files.newest(watched)
    return tuple((one.written_at, one.size) for one in found if at.now - one.written_at >= _SETTLED)


def _fingerprint(at: Look, watched: WatchedPath) -> str:
    try:
        return str(_whole(at, watched)[:1])
    except files.NotReadable:
        return "not readable"
