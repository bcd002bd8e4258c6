"""Weeks of a client: seven local days from 00:00 of the first one, as UTC seconds. They are ISO weeks by default.

A client may choose another first day (operating-model.md, 5.1). Its weeks are named by the ISO week that most of their
days are in: `2026-W46` from Saturday on is Sat 7 to Fri 13 Nov 2026. So each week has a name, and each name one week.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from console.operating_model.entities import Client
from console.service_levels.hours import instant

_MIDDLE = timedelta(days=3)
_WORD = re.compile(r"(\d{4})-?W(\d{2})")


class NotAWeek(ValueError):
    """The text names no ISO week: says what to write."""


@dataclass(frozen=True, slots=True)
class IsoWeek:
    """One week, told from others by its first day: a Monday unless the client's weeks begin on another day."""

    first: date

    @classmethod
    def parse(cls, text: str, starts: int = 0) -> IsoWeek:
        """The week that `2026-W48` names, where weeks begin on the weekday `starts` (Monday is 0). Raises NotAWeek."""
        match = _WORD.fullmatch(text.strip().upper())
        try:
            if match is None:
                raise ValueError
            monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return cls(monday + timedelta(days=starts if starts <= _MIDDLE.days else starts - 7))
        except ValueError:
            raise NotAWeek(f"{text!r} is not an ISO week; write one such as 2026-W48") from None

    @classmethod
    def of(cls, seconds: int, zone: ZoneInfo, starts: int = 0) -> IsoWeek:
        """The week that an instant falls in, in a zone, where weeks begin on the weekday `starts`."""
        day = datetime.fromtimestamp(seconds, zone).date()
        return cls(day - timedelta(days=(day.weekday() - starts) % 7))

    @property
    def name(self) -> str:
        """`2026-W48`."""
        year, week, _ = (self.first + _MIDDLE).isocalendar()
        return f"{year}-W{week:02d}"

    def back(self, weeks: int) -> IsoWeek:
        """The week so many weeks before."""
        return IsoWeek(self.first - timedelta(days=7 * weeks))

    def month(self, zone: ZoneInfo) -> tuple[int, int]:
        """`[start, end)` of the 28 days that end with the week: four weeks (3.1)."""
        return self.back(3).bounds(zone)[0], self.bounds(zone)[1]

    def calendar_month(self, zone: ZoneInfo) -> tuple[int, int]:
        """`[start, end)` of the calendar month that the week's last day is in."""
        first = (self.first + timedelta(days=6)).replace(day=1)
        after = (first + timedelta(days=31)).replace(day=1)
        return instant(first, 0, zone), instant(after, 0, zone)

    def reach(self, zone: ZoneInfo) -> tuple[int, int]:
        """From the first instant that any figure of the week looks at, to the end of the week."""
        return min(self.month(zone)[0], self.calendar_month(zone)[0]), self.bounds(zone)[1]

    def bounds(self, zone: ZoneInfo) -> tuple[int, int]:
        """`[start, end)` in UTC seconds: 604 800 apart, an hour less or more where the clocks change."""
        return instant(self.first, 0, zone), instant(self.first + timedelta(days=7), 0, zone)


def week_of(client: Client, seconds: int) -> IsoWeek:
    """The week of a client that an instant falls in."""
    return IsoWeek.of(seconds, client.zone, client.week_starts)


def week_named(client: Client, text: str) -> IsoWeek:
    """The week of a client that `2026-W48` names. Raises NotAWeek."""
    return IsoWeek.parse(text, client.week_starts)
