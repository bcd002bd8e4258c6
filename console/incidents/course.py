"""The course of a clock: which calendar and which target held when, as severities change (operating-model.md, 4.3).

Elapsed time is kept when the severity changes, and the rest runs on the new calendar. Raised at elapsed *e*, the
effective target is max(new resolve, e + new own); of the own clock max(new own, e + half of new own). A lowered
severity brings its own target. A breach stays whatever comes after it. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from checks.reading import Instant
from console.operating_model.entities import ALWAYS, Calendar, Client, Severity, Sla, Target
from console.service_levels.clocks import due, elapsed
from console.service_levels.intervals import Intervals

OWN, SOLVE = "own", "solve"


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch in which one severity held: `[start, end)`, the last one without an end. Seconds of the clock."""

    start: Instant
    end: Instant | None
    calendar: Calendar
    used: int
    """Elapsed when it began."""
    total: int
    """The target while it lasts."""


@dataclass(frozen=True, slots=True)
class Course:
    """One clock of one incident, from its beginning on."""

    legs: tuple[Leg, ...]
    zone: ZoneInfo
    pauses: Intervals = ()

    def elapsed(self, until: Instant) -> int:
        """Seconds of the clock from its beginning to an instant."""
        leg = next((one for one in reversed(self.legs) if one.start <= until), self.legs[0])
        return leg.used + elapsed(leg.calendar, self.zone, leg.start, until, self.pauses)

    def reaches(self, percent: int) -> Instant | None:
        """The earliest instant at which this share of the target in force is used up; None if it stays shut."""
        for leg in self.legs:
            wanted = max(0, -(-leg.total * percent // 100) - leg.used)
            at = due(leg.calendar, self.zone, leg.start, wanted, self.pauses) if wanted else leg.start
            if at is not None and (leg.end is None or at <= leg.end):
                return at
        return None

    def breaches(self) -> Instant | None:
        """The first instant after which more has elapsed than the target: at the next opening, if due is at closing."""
        for leg in self.legs:
            wanted = max(0, leg.total - leg.used)
            over = due(leg.calendar, self.zone, leg.start, wanted + 1, self.pauses)
            if over is not None and (leg.end is None or over <= leg.end):
                return over - 1
        return None

    def total(self, until: Instant) -> int:
        """The target in force at an instant; the one that was broken, once it is."""
        broken = self.breaches()
        at = until if broken is None else min(broken, until)
        return next((one for one in reversed(self.legs) if one.start <= at), self.legs[0]).total


def course(client: Client, sla: Sla, begins: Instant, grades: Grades, which: Pausing) -> Course | None:
    """The course of the `own` or `solve` clock; None where nothing was promised for the first severity."""
    legs = tuple(_legs(client, sla, begins, grades, which))
    return Course(legs, client.zone, which.pauses) if legs else None


@dataclass(frozen=True, slots=True)
class Pausing:
    """Which clock, and when it stood still."""

    clock: str
    pauses: Intervals = ()


Grades = tuple[tuple[Instant, Severity], ...]
"""From when on, which severity; the first from the beginning."""


def _legs(client: Client, sla: Sla, begins: Instant, grades: Grades, which: Pausing) -> Iterator[Leg]:
    used, total, before = 0, 0, None
    steps = [(max(begins, at), severity) for at, severity in grades]
    for place, (start, severity) in enumerate(steps):
        end = steps[place + 1][0] if place + 1 < len(steps) else None
        target = sla.incident.get(severity)
        if target is None or end == start:
            continue
        total = _total(target, used, which.clock, is_raised=before is not None and severity < before)
        calendar = client.calendars.get(target.clock, ALWAYS)
        yield Leg(start, end, calendar, used, total)
        if end is not None:
            used += elapsed(calendar, client.zone, start, end, which.pauses)
        before = severity


def _total(target: Target, used: int, clock: str, *, is_raised: bool) -> int:
    whole = target.own if clock == OWN else target.resolve
    fair = target.own // 2 if clock == OWN else target.own
    return max(whole, used + fair) if is_raised else whole
