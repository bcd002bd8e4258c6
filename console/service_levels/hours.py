"""Covered hours: a calendar's windows of local wall-clock time as intervals of UTC seconds (operating-model.md, 3.1).

Each local date's windows are converted by themselves. A boundary that does not exist locally moves to the next instant
that does; one that exists twice means its first occurrence; 24:00 is the next local midnight.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from console.operating_model.entities import Calendar
from console.service_levels.intervals import Intervals, clip, normal


def covered(calendar: Calendar, zone: ZoneInfo, start: int, end: int) -> Intervals:
    """The seconds of `[start, end)` in which the calendar is open, in the zone."""
    if calendar.is_always:
        return clip(((start, end),), start, end)
    first = _local_date(start, zone) - timedelta(days=1)
    days = (_local_date(end, zone) - first).days + 2
    windows = [
        (instant(day, opens, zone), instant(day, closes, zone))
        for day in (first + timedelta(days=offset) for offset in range(days))
        if day not in calendar.holidays
        for opens, closes in calendar.windows[day.weekday()]
    ]
    return clip(normal(windows), start, end)


@lru_cache(maxsize=1 << 14)
def instant(day: date, minute: int, zone: ZoneInfo) -> int:
    """UTC seconds of a local minute of a local date; 1440 is the next midnight."""
    if minute == 1440:
        day, minute = day + timedelta(days=1), 0
    local = datetime.combine(day, time(minute // 60, minute % 60), zone)
    return _existing(local, zone)


def instant_of(local: datetime, zone: ZoneInfo) -> int:
    """UTC seconds of a zoneless wall-clock time, by the same rule."""
    return _existing(local.replace(tzinfo=zone, fold=0), zone)


def _existing(local: datetime, zone: ZoneInfo) -> int:
    """The instant of a local time; the end of the gap where the clocks jump over it."""
    seconds = int(local.timestamp())
    back = datetime.fromtimestamp(seconds, zone)
    if back.replace(tzinfo=None) == local.replace(tzinfo=None):
        return seconds
    before = int((local - timedelta(days=1)).replace(tzinfo=zone).timestamp())
    return _jump(before, seconds + 86_400, zone)


def _jump(low: int, high: int, zone: ZoneInfo) -> int:
    """The first second after the change of offset between two instants, by halving."""
    offset = _offset(low, zone)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(middle, zone) == offset else (low, middle)
    return high


def _offset(seconds: int, zone: ZoneInfo) -> timedelta | None:
    return datetime.fromtimestamp(seconds, zone).utcoffset()


def _local_date(seconds: int, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(seconds, UTC).astimezone(zone).date()
