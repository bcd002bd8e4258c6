"""The two promises of an incident: own it by, solve it by; on its severity's calendar (operating-model.md, 4.3)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from checks.reading import Instant
from console.incidents.events import Incident, Wait
from console.operating_model.entities import ALWAYS, Calendar, Client, Target
from console.service_levels.clocks import due, elapsed
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


def target_of(client: Client | None, incident: Incident) -> Target | None:
    """What was promised for this incident's severity; None where nothing was, or where it does not count."""
    if client is None or incident.opening.service not in client.services or not incident.is_counted:
        return None
    sla = client.slas.get(client.services[incident.opening.service].sla)
    return sla.incident.get(incident.opening.severity) if sla else None


def own_promise(client: Client | None, incident: Incident, now: Instant) -> Promise | None:
    """Own it by. Not counted where it cleared by itself in time (4.2). Pauses never stop it (4.3)."""
    target = target_of(client, incident)
    if client is None or target is None:
        return None
    done_at = incident.owned_at or (incident.resolved_at if incident.cleared else None)
    span = _Span(_begins(incident, done_at), done_at, now)
    promise = _promise(client, target, "own", span)
    if incident.cleared and incident.owned_at is None and promise.verdict == "met":
        return None
    return promise


def solve_promise(client: Client | None, incident: Incident, now: Instant) -> Promise | None:
    """Solve it by. The clock stops when the evidence turned good, once it is resolved."""
    target = target_of(client, incident)
    if client is None or target is None or (incident.cleared and incident.owned_at is None):
        return None
    pauses = stopped(incident, _pause_on(client, incident), now)
    span = _Span(_begins(incident, incident.resolved_at), incident.resolved_at, now, pauses)
    return _promise(client, target, "solve", span)


def _begins(incident: Incident, done_at: Instant | None) -> Instant:
    """A symptom is not counted (4.2): its clock begins when it stands for itself again."""
    freed_at = incident.freed_at
    is_earlier = freed_at is None or (done_at is not None and done_at < freed_at)
    return incident.opening.detected_at if freed_at is None or is_earlier else freed_at


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


@dataclass(frozen=True, slots=True)
class _Span:
    """From detection to the end, as seen now."""

    detected_at: Instant
    done_at: Instant | None
    now: Instant
    pauses: Intervals = ()


def _promise(client: Client, target: Target, promise: str, span: _Span) -> Promise:
    calendar = client.calendars.get(target.clock, ALWAYS)
    total = target.own if promise == "own" else target.resolve
    until = span.now if span.done_at is None else span.done_at
    used = elapsed(calendar, client.zone, span.detected_at, until, span.pauses)
    is_broken = used > total
    return Promise(
        promise,
        due(calendar, client.zone, span.detected_at, total, span.pauses),
        total,
        total - used,
        span.done_at is None and _is_open(calendar, client, span.now) and not contains(span.pauses, span.now),
        "missed" if is_broken else "met" if span.done_at is not None else "",
    )


def _pause_on(client: Client, incident: Incident) -> Collection[str]:
    doc = client.doc
    sla = doc.slas.get(client.services[incident.opening.service].sla) if doc else None
    return _PAUSE_ON if sla is None else sla.pause_on


def _end(wait: Wait, now: Instant) -> Instant:
    if wait.end is not None:
        return wait.end
    return max(now + 1, wait.start) if wait.until is None else wait.until


def _is_open(calendar: Calendar, client: Client, now: Instant) -> bool:
    return bool(covered(calendar, client.zone, now, now + 1))
