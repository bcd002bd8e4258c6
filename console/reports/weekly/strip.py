"""The week of a service as a picture: seven days of 24 cells, and how its budget went down day by day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from checks.reading import Instant
from console.reports.weekly.kept import Kept
from console.service_levels.hours import instant
from console.service_levels.intervals import Intervals, clip, difference, intersection, length
from console.service_levels.weeks import IsoWeek

_OUTSIDE, _GOOD, _DEGRADED, _PLANNED, _UNKNOWN, _DOWN = " █▒░·■"


def strip(kept: Kept, week: IsoWeek, zone: ZoneInfo) -> tuple[str, ...]:
    """Seven local days of 24 cells, each with the worst of its hour; what is to come is empty."""
    edges = [instant(week.first + timedelta(days=day), 60 * hour, zone) for day in range(7) for hour in range(24)]
    edges.append(week.bounds(zone)[1])
    so_far, stood = kept.week.eligible, kept.stood
    covered = clip(kept.plan.covered(kept.week.period), edges[0], max(edges[0], kept.plan.cut))
    cells = [_OUTSIDE] * (len(edges) - 1)
    for sign, where in (
        (_GOOD, so_far),
        (_DEGRADED, intersection(stood.degraded, so_far)),
        (_PLANNED, intersection(covered, kept.plan.planned)),
        (_UNKNOWN, difference(so_far, stood.known)),
        (_DOWN, intersection(stood.down, so_far)),
    ):
        for place in _cells(edges, where):
            cells[place] = sign
    return tuple("".join(cells[24 * day : 24 * day + 24]) for day in range(7))


def burned(kept: Kept, zone: ZoneInfo) -> tuple[tuple[Instant, int], ...]:
    """What was left of the budget at the start of its window, and at the end of each local day so far.

    Nothing where nothing is known.
    """
    left = kept.promise.experienced.budget
    if left is None or kept.promise.experienced.is_unseen:
        return ()
    start, end = kept.promise.period
    down = intersection(kept.stood.down, kept.promise.eligible)
    points, lost, before = [(start, left.seconds)], 0, start
    for at in _midnights(start, min(end, kept.plan.cut), zone):
        lost += length(clip(down, before, at))
        points.append((at, left.seconds - lost))
        before = at
    return tuple(points)


def _cells(edges: list[Instant], where: Intervals) -> Iterator[int]:
    for start, end in where:
        first, last = bisect_right(edges, start) - 1, bisect_right(edges, end - 1) - 1
        yield from range(max(first, 0), min(last + 1, len(edges) - 1))


def _midnights(start: Instant, end: Instant, zone: ZoneInfo) -> Iterator[Instant]:
    day = datetime.fromtimestamp(start, zone).date()
    while True:
        day += timedelta(days=1)
        at = instant(day, 0, zone)
        if at >= end:
            break
        yield at
    if start < end:
        yield end
