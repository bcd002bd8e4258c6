"""ISO weeks of a client: Monday 00:00 local to the next Monday 00:00 local, as UTC seconds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from console.service_levels.hours import instant

_WORD = re.compile(r"(\d{4})-?W(\d{2})")


class NotAWeek(ValueError):
    """The text names no ISO week: says what to write."""


@dataclass(frozen=True, slots=True)
class IsoWeek:
    """One ISO week, named by its Monday."""

    monday: date

    @classmethod
    def parse(cls, text: str) -> IsoWeek:
        """The week that `2026-W48` names. Raises NotAWeek."""
        match = _WORD.fullmatch(text.strip().upper())
        try:
            if match is None:
                raise ValueError
            return cls(date.fromisocalendar(int(match[1]), int(match[2]), 1))
        except ValueError:
            raise NotAWeek(f"{text!r} is not an ISO week; write one such as 2026-W48") from None

    @classmethod
    def of(cls, seconds: int, zone: ZoneInfo) -> IsoWeek:
        """The week that an instant falls in, in a zone."""
        day = datetime.fromtimestamp(seconds, zone).date()
        return cls(day - timedelta(days=day.weekday()))

    @property
    def name(self) -> str:
        """`2026-W48`."""
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02d}"

    def back(self, weeks: int) -> IsoWeek:
        """The week so many weeks before."""
        return IsoWeek(self.monday - timedelta(days=7 * weeks))

    def month(self, zone: ZoneInfo) -> tuple[int, int]:
        """`[start, end)` of the 28 days that end with the week: four ISO weeks (3.1)."""
        return self.back(3).bounds(zone)[0], self.bounds(zone)[1]

    def calendar_month(self, zone: ZoneInfo) -> tuple[int, int]:
        """`[start, end)` of the calendar month that the week's Sunday is in."""
        first = (self.monday + timedelta(days=6)).replace(day=1)
        after = (first + timedelta(days=31)).replace(day=1)
        return instant(first, 0, zone), instant(after, 0, zone)

    def reach(self, zone: ZoneInfo) -> tuple[int, int]:
        """From the first instant that any figure of the week looks at, to the end of the week."""
        return min(self.month(zone)[0], self.calendar_month(zone)[0]), self.bounds(zone)[1]

    def bounds(self, zone: ZoneInfo) -> tuple[int, int]:
        """`[start, end)` in UTC seconds: 604 800 apart, an hour less or more where the clocks change."""
        return instant(self.monday, 0, zone), instant(self.monday + timedelta(days=7), 0, zone)
