"""SLA clocks: seconds that count, on a calendar, without pauses (operating-model.md, 4.3). Pure."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from console.operating_model.entities import Calendar
from console.service_levels.hours import covered
from console.service_levels.intervals import Intervals, difference, length

_HORIZON_DAYS = 366
_STEP = 7 * 86_400


def elapsed(calendar: Calendar, zone: ZoneInfo, start: int, until: int, pauses: Intervals = ()) -> int:
    """Seconds between two instants that count: inside the calendar, outside the pauses."""
    return length(difference(covered(calendar, zone, start, until), pauses)) if start < until else 0


def due(calendar: Calendar, zone: ZoneInfo, start: int, seconds: int, pauses: Intervals = ()) -> int | None:
    """The earliest instant at which `seconds` have elapsed, pauses left out; None if it stays shut for a year.

    On time is elapsed ≤ target, so the breach is the first counted second after this instant.
    """
    left = seconds
    at = start
    while at < start + _HORIZON_DAYS * 86_400:
        for opens, closes in difference(covered(calendar, zone, at, at + _STEP), pauses):
            if left <= closes - opens:
                return opens + left
            left -= closes - opens
        at += _STEP
    return None
