"""When backup jobs are due: wall-clock times of every date, also where the clocks change (operating-model.md, 3.6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from console.operating_model.entities import Minute
from console.service_levels.hours import instant

_DAY = 86_400
_DAY_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Job:
    """A job that should run. Durations in seconds."""

    id: str
    host: str
    """The machine that is saved."""
    weekday: int | None
    """Monday is 0; None for every day."""
    minute: Minute
    every: int
    window: int
    """Within which time after it was due a run must have ended."""
    protects: tuple[str, ...] = ()
    to: str = ""
    takes: int | None = None


def due_runs(job: Job, zone: ZoneInfo, start: int, end: int) -> tuple[int, ...]:
    """The instants of `[start, end)` at which the job is due.

    Less than a day apart, it is due at the same wall-clock minutes of every date; a time that does not exist that day
    moves to the next one that does, and one that exists twice means its first occurrence, as in every calendar (3.1).
    """
    first = datetime.fromtimestamp(start, zone).date() - timedelta(days=1)
    last = datetime.fromtimestamp(end, zone).date()
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    found = {instant(day, minute, zone) for day in days if _is_day(job, day) for minute in _minutes(job)}
    return tuple(sorted(one for one in found if start <= one < end))


def _is_day(job: Job, day: date) -> bool:
    if job.every < _DAY:
        return True
    if job.weekday is None:
        return day.toordinal() % max(1, job.every // _DAY) == 0
    return day.weekday() == job.weekday and (day.toordinal() // 7) % max(1, job.every // (7 * _DAY)) == 0


def _minutes(job: Job) -> Iterator[Minute]:
    step = max(1, job.every // 60)
    return iter(range(job.minute % step, _DAY_MINUTES, step)) if job.every < _DAY else iter((job.minute,))
