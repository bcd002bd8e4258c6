"""Openings and events, and what they fold to (operating-model.md, 4.1 and 4.2, the first slice of the table)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct, structs

from checks.finding import Impact
from checks.reading import Instant
from console.operating_model.entities import Criticality, Severity

_SEVERITY = {
    (Criticality.A, Impact.DOWN): Severity.S1,
    (Criticality.A, Impact.DEGRADED): Severity.S2,
    (Criticality.A, Impact.AT_RISK): Severity.S3,
    (Criticality.B, Impact.DOWN): Severity.S2,
    (Criticality.B, Impact.DEGRADED): Severity.S3,
    (Criticality.B, Impact.AT_RISK): Severity.S4,
    (Criticality.C, Impact.DOWN): Severity.S3,
    (Criticality.C, Impact.DEGRADED): Severity.S4,
    (Criticality.C, Impact.AT_RISK): Severity.S4,
}


def severity(criticality: Criticality | None, impact: Impact) -> Severity:
    """How bad it is (the table of 4.1); what serves nothing that is in the model is S4."""
    return Severity.S4 if criticality is None else _SEVERITY[criticality, impact]


class Kind(StrEnum):
    """What can happen to an incident."""

    DETECTED = "detected"
    JOINED = "joined"
    """Another subject of the same check went bad."""
    RECOVERED = "recovered"
    """The evidence is good again."""
    RELAPSED = "relapsed"
    OWNED = "owned"
    NOTE = "note"
    OUTAGE = "outage"
    """Somebody confirmed that it was an outage."""
    CHILD = "child"
    """It is a symptom: what it runs on is gone too, and that incident has it from now on (4.2, merge under parent)."""
    FREED = "freed"
    """Its parent is over and it is not: it stands for itself again."""
    DISPROVED = "disproved"
    """Evidence that came late shows that the host was there."""
    CLEARED = "cleared"
    """Good for long enough, and nobody had taken it: it ended by itself."""
    RESOLVED = "resolved"


class Opening(Struct, frozen=True):
    """What an incident begins with."""

    incident: int
    client: str
    service: str
    """"" where the host serves nothing that is in the model."""
    host: str
    check: str
    subject: str
    title: str
    impact: Impact
    severity: Severity
    detected_at: Instant


class Event(Struct, frozen=True, omit_defaults=True):
    """Something that happened to an incident."""

    at: Instant
    by: str
    """A login, or "" for the console itself."""
    kind: Kind
    text: str = ""
    subject: str = ""
    parent: int = 0
    """Of a child: the number of the incident that has it."""


class Incident(Struct, frozen=True):
    """An incident, as its events fold."""

    opening: Opening
    state: str
    """`new`, `owned`, `working`, `child` or `resolved`."""
    bad: frozenset[str]
    """The subjects whose evidence is bad."""
    owner: str = ""
    owned_at: Instant | None = None
    recovered_at: Instant | None = None
    """Since when all its evidence is good; None while some is bad."""
    resolved_at: Instant | None = None
    cleared: bool = False
    outage_from: Instant | None = None
    """Since when the service was down, once somebody confirmed it."""
    is_disproved: bool = False
    parent: int = 0
    """The incident that has it while it is a symptom, and that it ended with; 0 where it stands for itself."""
    freed_at: Instant | None = None
    """Since when it stands for itself again."""
    events: tuple[Event, ...] = ()

    @property
    def number(self) -> int:
        """Its number."""
        return self.opening.incident

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something, or the evidence to stay good for a while."""
        return self.state != "resolved"


class NotAllowed(Exception):
    """This cannot happen to the incident now: says why, and what can."""


def fold(opening: Opening, events: Iterable[Event]) -> Incident:
    """The incident that these events make."""
    incident = Incident(opening, "new", frozenset({opening.subject}))
    for event in events:
        incident = step(incident, event)
    return incident


def step(incident: Incident, event: Event) -> Incident:
    """The incident after one more event. Raises NotAllowed for one that the table of 4.2 does not have."""
    if event.at < incident.opening.detected_at:
        raise NotAllowed("an event cannot be older than the incident")
    moved = _moved(incident, event)
    return structs.replace(moved, events=(*incident.events, event))


def allowed(incident: Incident) -> tuple[str, ...]:
    """Names of the verbs that a person can do to it now."""
    if not incident.is_open or incident.parent:
        return ("note", "outage")
    return ("own", "note", "outage", "resolve") if incident.owner else ("own", "note", "outage")


def _moved(incident: Incident, event: Event) -> Incident:
    match event.kind:
        case Kind.OWNED | Kind.RESOLVED | Kind.CLEARED if not incident.is_open:
            raise NotAllowed(
                f"incident {incident.number} is resolved; what can be done: {', '.join(allowed(incident))}"
            )
        case Kind.OWNED | Kind.RESOLVED if incident.parent:
            raise NotAllowed(
                f"incident {incident.number} is a symptom of #{incident.parent}; that is the one to work on"
            )
        case Kind.OWNED | Kind.NOTE | Kind.OUTAGE | Kind.RESOLVED:
            return _by_person(incident, event)
        case Kind.JOINED | Kind.RELAPSED:
            return structs.replace(incident, bad=incident.bad | {event.subject}, recovered_at=None)
        case Kind.RECOVERED:
            left = incident.bad - {event.subject}
            return structs.replace(incident, bad=left, recovered_at=None if left else event.at)
        case Kind.CLEARED:
            return structs.replace(incident, state="resolved", cleared=True, resolved_at=incident.recovered_at)
        case Kind.DISPROVED:
            return structs.replace(incident, is_disproved=True)
        case _:
            return _grouped(incident, event)


def _grouped(incident: Incident, event: Event) -> Incident:
    match event.kind:
        case Kind.CHILD if incident.is_open and event.parent not in (0, incident.number):
            return structs.replace(incident, state="child", parent=event.parent)
        case Kind.FREED if incident.parent and incident.is_open:
            state = "owned" if incident.owner else "new"
            return structs.replace(incident, state=state, parent=0, freed_at=event.at)
        case Kind.CHILD | Kind.FREED:
            raise NotAllowed(f"incident {incident.number} is {incident.state}; it cannot be {event.kind.value} now")
        case _:
            return incident


def _by_person(incident: Incident, event: Event) -> Incident:
    match event.kind:
        case Kind.OWNED:
            first = event.at if incident.owned_at is None else incident.owned_at
            state = "owned" if incident.state == "new" else incident.state
            return structs.replace(incident, owner=event.by, owned_at=first, state=state)
        case Kind.NOTE:
            return structs.replace(incident, state="working") if incident.state == "owned" else incident
        case Kind.OUTAGE:
            return structs.replace(incident, outage_from=incident.opening.detected_at)
        case _:
            return _resolved(incident)


def _resolved(incident: Incident) -> Incident:
    """Evidence beats memory: it ends when the evidence turned good, not when somebody says so (4.3)."""
    if not incident.owner:
        raise NotAllowed(f"nobody owns incident {incident.number} yet; own it first (o)")
    if incident.recovered_at is None:
        raise NotAllowed(
            f"the evidence of incident {incident.number} is still bad"
            f" ({', '.join(sorted(incident.bad)) or incident.opening.check}); it can be resolved once it is good"
        )
    return structs.replace(incident, state="resolved", resolved_at=incident.recovered_at)
