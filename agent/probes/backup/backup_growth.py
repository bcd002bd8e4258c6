"""Whether the restore points of each backup stopped to change in size, where they used to."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from agent.looking import Look, Looked, Probe
from agent.sources import sizes
from checks.reading import CheckName, Gap, Reading

_FEWEST = 3
"""Steps from one restore point to the next, before it stopped, that tell what is usual."""


def look(at: Look) -> Looked:
    """How many of the newest in a row have the size of the one before, to the byte; None where that is usual or new."""
    for one in sizes.series(at, "backup_growth"):
        if isinstance(one, Gap):
            yield one
        else:
            value = _unchanged(at, one)
            yield Reading(CheckName("backup_growth"), one.subject, value, at.now, at.next_look, one.items)


def _unchanged(at: Look, one: sizes.Series) -> float | None:
    counts = [count for _, count in one.points]
    steps = [abs(newer - older) for newer, older in pairwise(counts)]
    alike = next((number for number, step in enumerate(steps) if step), len(steps))
    earlier, key = steps[alike:], f"backup_growth {one.subject}"
    if len(earlier) >= _FEWEST and median(earlier) > 0:
        at.memory.keep(key, counts[0])
        return float(alike)
    # what it did before it stopped is out of sight by now: it stopped at the size that is remembered
    return float(alike) if alike and at.memory.recall(key) == counts[0] else None


PROBE = Probe(CheckName("backup_growth"), look, sizes.fingerprint, seconds=180)
