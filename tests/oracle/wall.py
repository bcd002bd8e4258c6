"""The wall clock, minute by minute: covered hours and week bounds as operating-model.md, 3.1 words them.

Written from the paper alone and without the product: a boundary of a local date is the first minute whose wall clock
reads it or more, which is what "moves to the next existing instant" and "means its first occurrence" come to.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

MINUTE, DAY = 60, 86_400
Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Hours:
    """Windows in local minutes by weekday, Monday first, and the dates that are closed; no windows is always."""

    windows: Mapping[int, Spans] | None
    closed: frozenset[date] = frozenset()


class Wall:
    """What the wall clock of a zone reads at every minute of a stretch of time."""

    def __init__(self, zone: str, first: int, last: int) -> None:
        self.minutes = list(range(first - first % MINUTE, last + MINUTE, MINUTE))
        tz = ZoneInfo(zone)
        reads = [datetime.fromtimestamp(one, UTC).astimezone(tz).replace(tzinfo=None) for one in self.minutes]
        self.dates = sorted({one.date() for one in reads})
        self.highest: list[datetime] = []
        for one in reads:
            self.highest.append(max(one, self.highest[-1]) if self.highest else one)

    def first(self, wanted: datetime) -> int:
        """The first minute that reads `wanted` or more."""
        place = bisect_left(self.highest, wanted)
        assert 0 < place < len(self.minutes), "the stretch is too short"
        return self.minutes[place]

    def boundary(self, day: date, minute: int) -> int:
        return self.first(datetime(day.year, day.month, day.day) + timedelta(minutes=minute))

    def opened(self, hours: Hours, start: int, end: int) -> list[tuple[int, int]]:
        """Every stretch in which it is open; they may overlap."""
        if hours.windows is None:
            return [(start, end)]
        near = [one for one in self._days(start, end) if one not in hours.closed]
        return [
            (self.boundary(day, opens), self.boundary(day, closes))
            for day in near
            for opens, closes in hours.windows.get(day.weekday(), ())
        ]

    def _days(self, start: int, end: int) -> Iterable[date]:
        low, high = (self.highest[(one - self.minutes[0]) // MINUTE].date() for one in (start, end))
        return (low + timedelta(days=place) for place in range(-1, (high - low).days + 2))

    def week(self, day: date) -> tuple[int, int]:
        """The ISO week of a date."""
        monday = day - timedelta(days=day.isocalendar()[2] - 1)
        return self.boundary(monday, 0), self.boundary(monday + timedelta(days=7), 0)


@lru_cache(maxsize=512)
def wall(zone: str, first: int, last: int) -> Wall:
    """A wall clock is read once."""
    return Wall(zone, first, last)


def within(spans: Spans, instant: int) -> bool:
    """Whether an instant lies in one of them."""
    return any(start <= instant < end for start, end in spans)


def pieces(start: int, end: int, *spans: Spans) -> list[tuple[int, int]]:
    """`[start, end)` cut wherever anything begins or ends: nothing changes inside a piece, so one second tells it."""
    edges = {start, end, *(edge for one in spans for span in one for edge in span if start < edge < end)}
    inside = sorted(edges)
    return list(pairwise(inside)) if start < end else []
