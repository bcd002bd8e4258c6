"""Which changes open an incident, join one, or end one. Pure.

One incident per client, host and check while it is open: a second subject joins it, and it has recovered only when all
of them have. What is merely on watch opens nothing; what is unknown opens nothing by itself: silence is its own check.
"""

from __future__ import annotations

from dataclasses import dataclass

from checks.check import Check
from checks.finding import Status
from checks.reading import Instant
from console.incidents.events import Event, Incident, Kind, Opening, severity
from console.operating_model.entities import Model, Service
from console.operating_model.mapping import serving


@dataclass(frozen=True, slots=True)
class Turn:
    """A finding that passed from one status to another, as incidents care."""

    client: str
    host: str
    subject: str
    status: Status
    at: Instant
    sentence: str


def event_of(turn: Turn, open_incident: Incident) -> Event | None:
    """What a change means for the incident that is open about its host and check."""
    was_bad = turn.subject in open_incident.bad
    if turn.status is Status.BREACH:
        if was_bad:
            return None
        known = turn.subject == open_incident.opening.subject or any(
            event.subject == turn.subject for event in open_incident.events
        )
        return Event(turn.at, "", Kind.RELAPSED if known else Kind.JOINED, turn.sentence, turn.subject)
    if not was_bad or turn.status is Status.UNKNOWN:
        return None
    return Event(turn.at, "", Kind.RECOVERED, turn.sentence, turn.subject)


def opening_of(turn: Turn, check: Check, model: Model, number: int) -> Opening | None:
    """The incident that a change opens; None where it opens none."""
    if turn.status is not Status.BREACH:
        return None
    service = _charged(model, turn.client, turn.host)
    what = f"{check.title} {turn.subject}".strip()
    return Opening(
        incident=number,
        client=turn.client,
        service=service.id if service else "",
        host=turn.host,
        check=check.name,
        subject=turn.subject,
        title=f"{turn.host}: {what}: {turn.sentence}",
        impact=check.impact,
        severity=severity(service.criticality if service else None, check.impact),
        detected_at=turn.at,
    )


def _charged(model: Model, client: str, host: str) -> Service | None:
    """The most critical service that the host carries."""
    return min(serving(model, client, host), key=lambda one: (one.criticality.value, one.id), default=None)
