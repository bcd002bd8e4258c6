"""The two promises of an incident: own it by, solve it by; on its severity's calendar (operating-model.md, 4.3)."""

from __future__ import annotations

from dataclasses import dataclass

from checks.reading import Instant
from console.incidents.events import Incident
from console.operating_model.entities import ALWAYS, Calendar, Client, Target
from console.service_levels.clocks import due, elapsed
from console.service_levels.hours import covered


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
    """What was promised for this incident's severity; None where nothing was."""
    if client is None or incident.opening.service not in client.services:
        return None
    sla = client.slas.get(client.services[incident.opening.service].sla)
    return sla.incident.get(incident.opening.severity) if sla else None


def own_promise(client: Client | None, incident: Incident, now: Instant) -> Promise | None:
    """Own it by. Not counted where it cleared by itself in time (4.2)."""
    target = target_of(client, incident)
    if client is None or target is None or incident.parent:
        return None
    done_at = incident.owned_at or (incident.resolved_at if incident.cleared else None)
    promise = _promise(client, target, "own", (_begins(incident, done_at), done_at, now))
    if incident.cleared and incident.owned_at is None and promise.verdict == "met":
        return None
    return promise


def solve_promise(client: Client | None, incident: Incident, now: Instant) -> Promise | None:
    """Solve it by. The clock stops when the evidence turned good, once it is resolved."""
    target = target_of(client, incident)
    if client is None or target is None or incident.parent or (incident.cleared and incident.owned_at is None):
        return None
    return _promise(client, target, "solve", (_begins(incident, incident.resolved_at), incident.resolved_at, now))


def _begins(incident: Incident, done_at: Instant | None) -> Instant:
    """A symptom is not counted (4.2): its clock begins when it stands for itself again."""
    freed_at = incident.freed_at
    is_earlier = freed_at is None or (done_at is not None and done_at < freed_at)
    return incident.opening.detected_at if freed_at is None or is_earlier else freed_at


def _promise(
    client: Client, target: Target, promise: str, instants: tuple[Instant, Instant | None, Instant]
) -> Promise:
    detected_at, done_at, now = instants
    calendar = client.calendars.get(target.clock, ALWAYS)
    total = target.own if promise == "own" else target.resolve
    used = elapsed(calendar, client.zone, detected_at, now if done_at is None else done_at)
    is_broken = used > total
    verdict = "missed" if is_broken else "met" if done_at is not None else ""
    return Promise(
        promise,
        due(calendar, client.zone, detected_at, total),
        total,
        total - used,
        done_at is None and _is_open(calendar, client, now),
        verdict,
    )


def _is_open(calendar: Calendar, client: Client, now: Instant) -> bool:
    return bool(covered(calendar, client.zone, now, now + 1))
