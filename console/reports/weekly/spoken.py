"""How a week says times and days: `4 h 32 min 26 s`, `20 h 30`, `20 Nov`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

_MOST_LINES = 40
T = TypeVar("T")


def exactly(seconds: int) -> str:
    """`4 h 32 min 26 s`, `72 h 40 min`, `60 min`: every second, hours without an end."""
    if abs(seconds) == 3600:
        return "60 min"
    hours, left = divmod(abs(seconds), 3600)
    minutes, rest = divmod(left, 60)
    said = [f"{count} {word}" for count, word in ((hours, "h"), (minutes, "min"), (rest, "s")) if count]
    return " ".join(said) or "0 s"


def shortly(seconds: int) -> str:
    """`20 h 30`, `5 h`, `45 min`: whole minutes, rounded down."""
    hours, minutes = divmod(abs(seconds) // 60, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes:02d}" if minutes else f"{hours} h"


def day(found: date) -> str:
    """`20 Nov`."""
    return f"{found.day} {found:%b}"


def weekday(found: date) -> str:
    """`Mon 16 Nov`."""
    return f"{found:%a} {day(found)}"


def several(count: int) -> str:
    """`one`, `two` … `nine`, then figures: how a sentence counts."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[count] if 0 <= count < len(words) else str(count)


def times(count: int) -> str:
    """`once`, `twice`, `three times`."""
    return {1: "once", 2: "twice"}.get(count, f"{several(count)} times")


def listed(words: Sequence[str], most: int = 3) -> str:
    """`dc01, fs01 and 2 more`."""
    if len(words) <= most:
        return ", ".join(words)
    return f"{', '.join(words[:most])} and {len(words) - most} more"


def first_word(name: str) -> str:
    """What people call somebody or something: `Marco` of Marco Reyes."""
    return name.split(maxsplit=1)[0] if name.split() else name


def capped(lines: Iterable[str]) -> tuple[str, ...]:
    """The first 40 lines of evidence; the last one says how many were left out."""
    return capped_of(list(lines), str)


def capped_of(things: Sequence[T], line: Callable[[T], str]) -> tuple[str, ...]:
    """The same of things, of which only those that are told are put into words."""
    more = [f"and {len(things) - _MOST_LINES} more"] if len(things) > _MOST_LINES else []
    return (*map(line, things[:_MOST_LINES]), *more)
