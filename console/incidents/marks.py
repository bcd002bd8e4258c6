"""Escalation marks: which share of a promise's time is used up, and when that was (operating-model.md, 4.4). Pure.

Each fires once per incident, at its second; a mark that came while nobody was there is told afterwards and says so.
While a clock stands still nothing of it is used up, so nothing fires.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.reading import Instant
from console.incidents.clock import own_course, solve_course
from console.incidents.events import Event, Incident, Kind
from console.operating_model.entities import Client

OWN, RESOLVE = "own", "resolve"
OWN_MARKS = (75, 100, 150)
SOLVE_MARKS = (50, 75, 100, 150)
AMBER = 75
"""Percent from which on every open console says so (J5)."""
LATE_AFTER = 120
"""Seconds after which a mark that is told was not told in time."""


def marks_due(client: Client | None, incident: Incident, now: Instant) -> list[Event]:
    """The marks that were reached by `now` and are not in the incident yet, the earliest first."""
    if client is None or not incident.is_open or not incident.is_counted:
        return []
    there = {(one.subject, one.percent) for one in incident.events if one.kind is Kind.MARK}
    found = [one for one in all_marks(client, incident, now) if (one[0], one[1]) not in there and one[2] <= now]
    return [
        Event(at, "", Kind.MARK, f"{clock} {percent} %", clock, percent=percent, late=now - at > LATE_AFTER)
        for clock, percent, at in sorted(found, key=lambda one: one[2])
    ]


def all_marks(client: Client, incident: Incident, now: Instant) -> Iterator[tuple[str, int, Instant]]:
    """Every mark of an incident's clocks (clock, percent, instant) as far as it goes on as it stands at `now`."""
    own = own_course(client, incident) if incident.owned_at is None else None
    solve = solve_course(client, incident, now)
    for clock, found, marks in ((OWN, own, OWN_MARKS), (RESOLVE, solve, SOLVE_MARKS)):
        for percent in marks if found else ():
            at = found.reaches(percent) if found else None
            if at is not None:
                yield clock, percent, at


def unanswered(incident: Incident) -> Event | None:
    """The newest mark of 75 % or more after which no person has done anything; None where somebody has."""
    found = [one for one in incident.events if one.kind is Kind.MARK and one.percent >= AMBER]
    mark = max(found, key=lambda one: one.at, default=None)
    if mark is None or not incident.is_open or any(one.by and one.at >= mark.at for one in incident.events):
        return None
    return mark
