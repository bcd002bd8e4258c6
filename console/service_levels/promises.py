"""Is every promise underpinned? What we owe the client beside what suppliers owe us (operating-model.md, 3.5). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod
from zoneinfo import ZoneInfo

from console.operating_model.entities import Calendar
from console.service_levels.clocks import due, elapsed
from console.service_levels.hours import covered
from console.service_levels.intervals import Interval


@dataclass(frozen=True, slots=True)
class Clocked:
    """Seconds that are allowed, on a calendar."""

    seconds: int
    calendar: Calendar


def at_least_of(enough: int, members: Sequence[float]) -> float:
    """Availability of `enough` of `members` where they fail independently (W37)."""
    places = range(len(members))
    return sum(
        prod(members[place] if place in up else 1 - members[place] for place in places)
        for number in range(enough, len(members) + 1)
        for up in map(set, combinations(places, number))
    )


def worst_wait(supplier: Clocked, ours: Calendar, zone: ZoneInfo, year: Interval) -> int:
    """The most of our own clock that passes while a supplier takes its whole time, over all starts in `year`.

    The wait as a function of the start bends only where the start, or the end that follows from it, crosses a boundary
    of either calendar; so it is evaluated there, a second before and a second after (a grid under-reports: W33).
    """
    start, end = year
    edges = {start, end}
    for calendar in (supplier.calendar, ours):
        edges.update(edge for window in covered(calendar, zone, start, end) for edge in window)
    starts = {at + by for edge in edges for at in (edge, *_begun_for(supplier, zone, edge)) for by in (-1, 0, 1)}
    ends = ((begun, due(supplier.calendar, zone, begun, supplier.seconds)) for begun in starts if start <= begun < end)
    return max((elapsed(ours, zone, begun, done) for begun, done in ends if done is not None), default=0)


def short_by(own: int, resolve: Clocked, supplier: Clocked, zone: ZoneInfo, year: Interval) -> int:
    """Seconds by which the promise can break although everybody keeps theirs; 0 or less where it cannot (W32, W33)."""
    return own + worst_wait(supplier, resolve.calendar, zone, year) - resolve.seconds


def uncovered(wanted: Calendar, supported: Calendar, zone: ZoneInfo, week: Interval) -> int:
    """Seconds of an ordinary week in which the service is due and the supplier's desk is closed."""
    return elapsed(wanted, zone, *week) - sum(
        elapsed(wanted, zone, opens, closes) for opens, closes in covered(supported, zone, *week)
    )


def _begun_for(supplier: Clocked, zone: ZoneInfo, end: int) -> list[int]:
    """The start from which the supplier's time would end at `end`; none where `end` lies outside its hours."""
    left = supplier.seconds
    reach = 7 * 86_400
    before = end
    while left > 0 and end - before < 366 * 86_400:
        for opens, closes in reversed(covered(supplier.calendar, zone, before - reach, before)):
            if left <= closes - opens:
                return [closes - left]
            left -= closes - opens
        before -= reach
    return []
