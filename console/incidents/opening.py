"""Which changes open an incident, join one, or end one. Pure.

One incident per client, host and check while it is open: a second subject joins it, and it has recovered only when all
of them have. What is merely on watch opens nothing; what is unknown opens nothing by itself: silence is its own check.
It is charged to the service that is hit hardest; where others still carry it, what is lost is redundancy (4.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checks.check import Check, Family, Unit
from checks.finding import Impact, Status
from checks.reading import Instant
from console.incidents.events import Event, Incident, Kind, Opening, severity
from console.operating_model.concerns import keeps_data, protected
from console.operating_model.entities import Client, Model, Severity
from console.operating_model.hits import Hit, How, hits

BACK_WITHIN = 3600
"""Seconds after its end within which the same fault is the same incident (4.2)."""


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


def opening_of(
    turn: Turn, check: Check, model: Model, number: int, reached: Sequence[Hit] | None = None
) -> Opening | None:
    """The incident that a change opens; None where it opens none. `reached` is what it hits, beside all else struck."""
    if turn.status is not Status.BREACH:
        return None
    client = model.clients.get(turn.client)
    if reached is None:
        reached = hits(client, turn.host, check.impact) if client else ()
    charged = _charged(client, turn.host, check, reached) if client else None
    return Opening(
        incident=number,
        client=turn.client,
        service=charged.service.id if charged else "",
        host=turn.host,
        check=check.name,
        subject=turn.subject,
        title=_title(turn, check, charged),
        impact=charged.impact if charged else check.impact,
        severity=severity_of(client, turn.host, check, reached),
        detected_at=turn.at,
    )


def is_back(incident: Incident, turn: Turn, check: Check) -> bool:
    """Whether a turn is the same fault within 60 minutes of its end (4.2)."""
    opening, ended = incident.opening, incident.resolved_at
    place = (opening.client, opening.host, opening.check) == (turn.client, turn.host, check.name)
    return place and ended is not None and ended <= turn.at <= ended + BACK_WITHIN


def _charged(client: Client, host: str, check: Check, reached: Sequence[Hit]) -> Hit | None:
    """The service that is hit hardest, and of equals the nearest; of a backup, one that it protects."""
    mine = protected(client, host) if check.family is Family.BACKUP else frozenset()
    return min(reached, key=lambda hit: (hit.service.id not in mine, _bad(hit), len(hit.path)), default=None)


def severity_of(client: Client | None, host: str, check: Check, reached: Sequence[Hit]) -> Severity:
    """The worst of the table over all services that are hit, and of the policy's own rule (4.1).

    The rule: a newest restore point that is too old, where data is promised to survive, is never milder than S2.
    """
    found = [severity(None, check.impact), *(_bad(hit)[0] for hit in reached)]
    if client is not None and check.family is Family.BACKUP and check.unit is Unit.SINCE:
        mine = [hit.service for hit in reached if hit.how is not How.USES and client.hosts.keys() >= set(hit.path[:-1])]
        found += [Severity.S2] if keeps_data(client, host, mine) else []
    return min(found)


def _bad(hit: Hit) -> tuple[Severity, str]:
    return severity(hit.service.criticality, hit.impact), hit.service.criticality.value


def _title(turn: Turn, check: Check, charged: Hit | None) -> str:
    if check.console_looks:
        return f"{turn.host} is silent: {turn.sentence}"
    what = f"{check.title} {turn.subject}".strip()
    lost = f"{charged.sentence()}: " if charged and charged.is_thinner and check.impact is Impact.DOWN else ""
    return f"{turn.host}: {lost}{what}: {turn.sentence}"
