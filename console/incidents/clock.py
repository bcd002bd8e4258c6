"""The two promises of an incident: own it by, solve it by; on its severity's calendar (operating-model.md, 4.3)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from checks.reading import Instant
from console.incidents.course import OWN, SOLVE, Course, Grades, Pausing, course
from console.incidents.events import Incident, Wait
from console.operating_model.entities import ALWAYS, Client, Sla, Target
from console.service_levels.clocks import elapsed
from console.service_levels.hours import covered
from console.service_levels.intervals import Intervals, contains, normal

_PAUSE_ON = ("client", "agreed-window")
"""What stops the resolve clock where the SLA says nothing else."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise of one incident, as seen at an instant. Seconds on the promise's own calendar."""

    promise: str
    due_at: Instant | None
    total: int
    left: int
    running: bool
    verdict: str
    """`met` or `missed`; "" while it is open and not yet broken. A breach is sticky."""
    breached_at: Instant | None = None
    """The first instant at which more had elapsed than was promised; None where that was or is not so."""


def target_of(client: Client | None, incident: Incident) -> Target | None:
    """What is promised for this incident's severity; None where nothing is, or where it does not count."""
    sla = _sla(client, incident)
    return sla.incident.get(incident.severity) if sla else None


def own_promise(client: Client | None, incident: Incident, now: Instant) -> Promise | None:
    """Own it by. Not counted where it cleared by itself in time (4.2). Pauses never stop it (4.3)."""
    done_at = incident.owned_at or (incident.resolved_at if incident.cleared else None)
    found = own_course(client, incident, done_at)
    if client is None or found is None:
        return None
    promise = _promise(found, OWN, done_at, now)
    if incident.cleared and incident.owned_at is None and promise.verdict == "met":
        return None
    return promise


def solve_promise(client: Client | None, incident: Incident, now: Instant) -> Promise | None:
    """Solve it by. The clock stops when the evidence turned good, once it is resolved."""
    if incident.cleared and incident.owned_at is None:
        return None
    found = solve_course(client, incident, now)
    return None if client is None or found is None else _promise(found, SOLVE, incident.resolved_at, now)


def reown_promise(client: Client | None, incident: Incident, now: Instant) -> Promise | None:
    """Take it again by: our own limit for what was released to the queue, as long as the own promise (4.2)."""
    sla = _sla(client, incident)
    if client is None or sla is None or incident.released_at is None:
        return None
    grades: Grades = ((incident.released_at, incident.severity),)
    found = course(client, sla, incident.released_at, grades, Pausing(OWN))
    return None if found is None else _promise(found, "re-own", None, now)


def own_course(client: Client | None, incident: Incident, done_at: Instant | None = None) -> Course | None:
    """The own clock; severities that came after somebody took it do not touch it (4.3)."""
    sla = _sla(client, incident)
    if client is None or sla is None:
        return None
    begins = _begins(incident, done_at)
    grades = tuple(one for one in _grades(incident, begins) if done_at is None or one[0] <= done_at)
    return course(client, sla, begins, grades, Pausing(OWN))


def solve_course(client: Client | None, incident: Incident, now: Instant) -> Course | None:
    """The resolve clock, with what stops it."""
    sla = _sla(client, incident)
    if client is None or sla is None:
        return None
    begins = _begins(incident, incident.resolved_at)
    pauses = stopped(incident, _pause_on(client, incident), now)
    return course(client, sla, begins, _grades(incident, begins), Pausing(SOLVE, pauses))


def stopped(incident: Incident, pause_on: Collection[str], now: Instant) -> Intervals:
    """When the resolve clock stood still: pauses that the SLA lists, and the time between resolved and reopened (4.3).

    A pause that still lasts stands until its known end, or else until `now`.
    """
    waits = [(one.start, _end(one, now)) for one in incident.waits if one.reason in pause_on]
    return normal([*waits, *incident.rests])


def waited(incident: Incident, now: Instant) -> dict[str, int]:
    """Wall-clock seconds of waiting so far, by reason, whatever the SLA says about them (4.3)."""
    found: dict[str, int] = {}
    for one in incident.waits:
        found[one.reason] = found.get(one.reason, 0) + min(now, _end(one, now)) - one.start
    return found


def waited_on_clock(client: Client | None, incident: Incident, now: Instant) -> dict[str, int]:
    """Seconds of the SLA's calendar that passed in waiting, by reason (TL3: the supplier's 3 h 30)."""
    target = target_of(client, incident)
    if client is None or target is None:
        return {}
    calendar = client.calendars.get(target.clock, ALWAYS)
    found: dict[str, int] = {}
    for one in incident.waits:
        passed = elapsed(calendar, client.zone, one.start, min(now, _end(one, now)))
        found[one.reason] = found.get(one.reason, 0) + passed
    return found


def stopped_for(incident: Incident, reasons: Collection[str], now: Instant) -> Intervals:
    """When it waited for one of these reasons, as far as `now`."""
    waits = [(one.start, min(now, _end(one, now))) for one in incident.waits if one.reason in reasons]
    return normal((start, end) for start, end in waits if start < end)


def waits_since(incident: Incident, reason: str) -> Instant | None:
    """Since when it waits for something; None where it does not, or for something else."""
    last = incident.waits[-1] if incident.waits else None
    return last.start if last is not None and last.end is None and last.reason == reason else None


def unowned(incident: Incident, now: Instant) -> int:
    """Wall-clock seconds for which it lay in the queue again after it was released."""
    return incident.unowned + (now - incident.released_at if incident.released_at is not None else 0)


def first_response(client: Client | None, incident: Incident) -> int | None:
    """K13: seconds of the own clock's calendar from detection to the first word to the client; None before that."""
    found = own_course(client, incident, incident.owned_at)
    if found is None or incident.first_response_at is None:
        return None
    return found.elapsed(incident.first_response_at)


def _begins(incident: Incident, done_at: Instant | None) -> Instant:
    """A symptom is not counted (4.2): its clock begins when it stands for itself again."""
    freed_at = incident.freed_at
    is_earlier = freed_at is None or (done_at is not None and done_at < freed_at)
    return incident.opening.detected_at if freed_at is None or is_earlier else freed_at


def _grades(incident: Incident, begins: Instant) -> Grades:
    """The severities from the clock's beginning on."""
    first = incident.opening.severity
    for at, severity in incident.graded:
        first = severity if at <= begins else first
    return ((begins, first), *(one for one in incident.graded if one[0] > begins))


def _promise(found: Course, promise: str, done_at: Instant | None, now: Instant) -> Promise:
    until = now if done_at is None else done_at
    used, total, broken = found.elapsed(until), found.total(until), found.breaches()
    is_broken = broken is not None and broken < until
    leg = found.legs[-1]
    is_open = bool(covered(leg.calendar, found.zone, now, now + 1))
    return Promise(
        promise,
        found.reaches(100),
        total,
        total - used,
        done_at is None and is_open and not contains(found.pauses, now),
        "missed" if is_broken else "met" if done_at is not None else "",
        broken if is_broken else None,
    )


def _sla(client: Client | None, incident: Incident) -> Sla | None:
    if client is None or incident.opening.service not in client.services or not incident.is_counted:
        return None
    return client.slas.get(client.services[incident.opening.service].sla)


def _pause_on(client: Client, incident: Incident) -> Collection[str]:
    doc = client.doc
    sla = doc.slas.get(client.services[incident.opening.service].sla) if doc else None
    return _PAUSE_ON if sla is None else sla.pause_on


def _end(wait: Wait, now: Instant) -> Instant:
    if wait.end is not None:
        return wait.end
    return max(now + 1, wait.start) if wait.until is None else wait.until
