"""Whether the newest restore point of each backup shrank against the ones before it."""

from __future__ import annotations

from statistics import median

from agent.looking import Look, Looked, Probe
from agent.sources import sizes
from checks.reading import CheckName, Gap, Reading

_FEWEST, _MOST = 3, 10


def look(at: Look) -> Looked:
    """The newest one's share of the median size of up to ten before it; None where there are too few."""
    for one in sizes.series(at, "backup_size"):
        if isinstance(one, Gap):
            yield one
        else:
            share = _share([count for _, count in one.points])
            yield Reading(CheckName("backup_size"), one.subject, share, at.now, at.next_look, one.items)


def _share(newest_first: list[int]) -> float | None:
    earlier = newest_first[1 : _MOST + 1]
    usual = median(earlier) if len(earlier) >= _FEWEST else 0
    return newest_first[0] / usual if usual else None


PROBE = Probe(CheckName("backup_size"), look, sizes.fingerprint, seconds=180)
