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

    def bounds(self, zone: ZoneInfo) -> tuple[int, int]:
        """`[start, end)` in UTC seconds: 604 800 apart, an hour less or more where the clocks change."""
        return instant(self.monday, 0, zone), instant(self.monday + timedelta(days=7), 0, zone)
