"""K19 and K23: machines near the end of their support, and whether planned work ended in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from console.service_levels.intervals import Intervals, contains
from console.service_levels.kpis.share import Share

_SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Life:
    """Until when a machine is supported, by its system and by its maker; None where that is not known."""

    host: str
    os_end: date | None
    warranty: date | None = None


@dataclass(frozen=True, slots=True)
class Lives:
    """K19: hosts whose support is over, ends within 90 days, or is unknown."""

    past: tuple[str, ...]
    soon: tuple[str, ...]
    unknown: tuple[str, ...]


def lives(hosts: Iterable[Life], today: date) -> Lives:
    """K19 on one local date: the earlier of two dates counts; a day on which it ends is still supported."""
    past, soon, unknown = [], [], []
    for one in hosts:
        ends = min(filter(None, (one.os_end, one.warranty)), default=None)
        if ends is not None and ends < today:
            past.append(one.host)
        elif ends is not None and ends <= today + _SOON:
            soon.append(one.host)
        elif one.os_end is None:
            unknown.append(one.host)
    return Lives(tuple(past), tuple(soon), tuple(unknown))


@dataclass(frozen=True, slots=True)
class Window:
    """Planned work that was not called off, with how what it touched stood. UTC seconds."""

    id: str
    start: int
    end: int
    down: Intervals
    """When any of its services or hosts was down."""
    known: Intervals
    """When the state of all of them was known."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How one window ended."""

    id: str
    word: str
    """`good`, `overrun` or `unknown`."""
    overrun: int = 0
    """Seconds for which something was still down after its end."""


def ended(windows: Iterable[Window], start: int, end: int, now: int) -> tuple[Ended, ...]:
    """K23: every window that ended in `[start, end)`."""
    mine = sorted({one for one in windows if start <= one.end < end and one.end <= now}, key=lambda one: one.end)
    return tuple(_ended(one) for one in mine)


def _ended(window: Window) -> Ended:
    still = next((until for begins, until in window.down if begins <= window.end < until), None)
    if still is not None:
        return Ended(window.id, "overrun", still - window.end)
    return Ended(window.id, "good" if contains(window.known, window.end) else "unknown")


def success(windows: Iterable[Ended]) -> Share:
    """K23: finished in time with everything green after ÷ done."""
    words = [one.word for one in windows]
    return Share(words.count("good"), len(words) - words.count("unknown"), words.count("unknown"))
