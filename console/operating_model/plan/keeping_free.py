"""Days on which a stakeholder wants no planned work: `last 2 working days of a month` (J4, need n-1). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from console.operating_model import words
from console.operating_model.entities import Calendar, Client
from console.operating_model.schema.organization import NeedDoc

_WORK = "office"
_LONGEST = 62
"""Local days of one window that are looked at: longer ones are refused anyway."""


def forbidding(client: Client, start: datetime, end: datetime) -> Iterator[NeedDoc]:
    """The needs that a window from `start` to `end` (in the client's zone) goes against."""
    for need in client.doc.needs if client.doc else ():
        if need.keeps_free and any(_is_kept(client, need, day) for day in _days(start, end)):
            yield need


def _days(start: datetime, end: datetime) -> Iterator[date]:
    """The local days on which a window lies; one that ends at midnight does not touch the next day."""
    last = (end - timedelta(seconds=1)).date()
    for ahead in range(min(_LONGEST, (last - start.date()).days + 1)):
        yield start.date() + timedelta(days=ahead)


def _is_kept(client: Client, need: NeedDoc, day: date) -> bool:
    """Whether a day is among those that a need keeps free: from the first of them on, weekends between them too."""
    which, count = words.kept_free(need.keeps_free)
    working = [one for one in _month(day) if _is_working(client, one)]
    if which == "first":
        return bool(working) and day <= working[:count][-1]
    return bool(working) and day >= working[-count:][0]


def _month(day: date) -> Iterator[date]:
    one = day.replace(day=1)
    while one.month == day.month:
        yield one
        one += timedelta(days=1)


def _is_working(client: Client, day: date) -> bool:
    """Whether the client's office is open that day; Monday to Friday where the model has no such calendar."""
    calendar: Calendar | None = client.calendars.get(_WORK)
    if calendar is None:
        return day.weekday() < 5
    return bool(calendar.windows[day.weekday()]) and day not in calendar.holidays
