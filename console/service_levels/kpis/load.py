"""K18: how much of the time that people have for technical work was logged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Capacity:
    """What one person had, and what was logged. Minutes; on-call standby is no capacity."""

    person: str
    minutes: int
    """Technical minutes of the period, without approved absence."""
    logged: int


def load(people: Iterable[Capacity]) -> Fraction | None:
    """Logged ÷ capacity, pooled: sum over sum. None where everybody was absent."""
    whole = list(people)
    capacity = sum(one.minutes for one in whole)
    return Fraction(sum(one.logged for one in whole), capacity) if capacity > 0 else None


def week_minutes(hours_week: float) -> int:
    """Whole technical minutes of one week, of hours as the model writes them."""
    return int(Fraction(str(hours_week)) * 60)


def capacity_minutes(minutes: int, days: int = 0, away: int = 0) -> int:
    """Of a week's technical minutes those of the shift days that one is not away: `away` of `days`; rounded down."""
    return minutes * (days - away) // days if days else minutes


@dataclass(frozen=True, slots=True)
class Logged:
    """Time that one person says to have worked. UTC seconds and whole minutes."""

    person: str
    start: int
    minutes: int
    travel: int = 0
    onsite: bool = False


def once(logs: Iterable[Logged], start: int, end: int) -> tuple[Logged, ...]:
    """What was logged in `[start, end)`: an entry counts where it began; the same entry twice is one."""
    return tuple(sorted({one for one in logs if start <= one.start < end}, key=lambda one: (one.start, one.person)))
