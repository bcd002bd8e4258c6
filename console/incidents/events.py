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
    ACKNOWLEDGED = "ack"
    RECOVERED = "recovered"
    RELAPSED = "relapsed"
    OWNED = "owned"
    NOTE = "note"
    OUTAGE = "outage"
    """Somebody confirmed that it was an outage."""
    CHILD = "child"
    """It is a symptom, and another incident has it from now on (4.2, merge under parent); by a person, for good."""
    FREED = "freed"
    """Its parent is over and it is not: it stands for itself again."""
    DISPROVED = "disproved"
    """Evidence that came late shows that the host was there."""
    CLEARED = "cleared"
    """Good for long enough, and nobody had taken it: it ended by itself."""
    RESOLVED = "resolved"
    PAUSED = "paused"
    """Work waits: for the client, an agreed window, a supplier, parts, or to see whether it holds."""
    RESUMED = "resumed"
    REOPENED = "reopened"
    VOID = "void"
    """It was no incident: false, a duplicate, a test."""
    FLAPPING = "flapping"
    STEADY = "steady"
    """Turns too often to be told each time, and counts as bad until it has been still."""
    MERGED = "merged"
    """Somebody says that it is a part of another incident, and ends with it (4.2)."""


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
    source: str = "agent"
    """`agent`, `probe`, `person` or `supplier`: who noticed."""


class Event(Struct, frozen=True, omit_defaults=True):
    """Something that happened to an incident."""

    at: Instant
    by: str
    """A login, or "" for the console itself."""
    kind: Kind
    text: str = ""
    subject: str = ""
    reason: str = ""
    """Of a pause: `client`, `agreed-window`, `supplier`, `parts` or `observe`."""
    until: Instant | None = None
    """Of a pause: when the client should have answered, when the window begins."""
    restored_at: Instant | None = None
    """Of a resolution that a person vouches for: when it worked again."""
    parent: int = 0
    """Of a child: the number of the incident that has it."""


class Wait(Struct, frozen=True):
    """One pause: `[start, end)`, the end open while it lasts; it ends by itself at `until`."""

    reason: str
    start: Instant
    until: Instant | None = None
    end: Instant | None = None


class Incident(Struct, frozen=True):
    """An incident, as its events fold."""

    opening: Opening
    state: str
    """`new`, `owned`, `working`, `pending`, `resolved`, `void` or `child`."""
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
    waits: tuple[Wait, ...] = ()
    rests: tuple[tuple[Instant, Instant], ...] = ()
    """`[resolved, reopened)`: time in which it was over, as it seemed."""
    events: tuple[Event, ...] = ()

    @property
    def number(self) -> int:
        """Its number."""
        return self.opening.incident

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something, or the evidence to stay good for a while."""
        return self.state not in _OVER and self.resolved_at is None

    @property
    def is_counted(self) -> bool:
        """Whether its promises count: a false alarm has none, and a child has its parent's (4.2)."""
        return self.state != "void" and not self.parent


_OVER = ("resolved", "void")
_WORK = ("owned", "working")
_FROM: dict[Kind, tuple[str, ...]] = {
    Kind.PAUSED: _WORK,
    Kind.RESUMED: ("pending",),
    Kind.REOPENED: ("resolved",),
    Kind.VOID: ("new", "owned", "working"),
    Kind.MERGED: ("new", "owned", "working"),
}
"""The states in which an event of 4.2 may happen."""


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
    if event.kind in _FROM:
        return _turned(incident, event)
    _refuse_worked_on(incident, event)
    match event.kind:
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


def _refuse_worked_on(incident: Incident, event: Event) -> None:
    """What is over, and what is a symptom, is not worked on. Raises NotAllowed."""
    if event.kind in (Kind.OWNED, Kind.RESOLVED, Kind.CLEARED) and not incident.is_open:
        can = ", ".join(allowed(incident))
        raise NotAllowed(f"incident {incident.number} is {incident.state}; what can be done: {can}")
    if event.kind in (Kind.OWNED, Kind.RESOLVED) and incident.parent:
        raise NotAllowed(f"incident {incident.number} is a symptom of #{incident.parent}; that is the one to work on")


def _grouped(incident: Incident, event: Event) -> Incident:
    match event.kind:
        case Kind.CHILD if incident.is_open and event.parent not in (0, incident.number):
            ended = event.at if event.by else None  # who merges two says that they are one; the console may be wrong
            return structs.replace(_went_on(incident, event.at), state="child", parent=event.parent, resolved_at=ended)
        case Kind.FREED if incident.parent and incident.is_open:
            state = "owned" if incident.owner else "new"
            return structs.replace(incident, state=state, parent=0, freed_at=event.at)
        case Kind.CHILD | Kind.FREED:
            raise NotAllowed(f"incident {incident.number} is {incident.state}; it cannot be {event.kind.value} now")
        case _:
            return incident


def _turned(incident: Incident, event: Event) -> Incident:
    """Pauses, what ends them, and the ways out of the count and back into it."""
    if incident.state not in _FROM[event.kind]:
        raise NotAllowed(f"incident {incident.number} is {incident.state}, so it cannot be {event.kind.value}")
    match event.kind:
        case Kind.PAUSED:
            wait = Wait(event.reason, event.at, event.until)
            return structs.replace(incident, state="pending", waits=(*incident.waits, wait))
        case Kind.RESUMED:
            return structs.replace(_went_on(incident, event.at), state="working")
        case Kind.REOPENED:
            rest = (incident.resolved_at or event.at, event.at)
            bad = incident.bad | {incident.opening.subject}
            again = structs.replace(incident, state="working", rests=(*incident.rests, rest), bad=bad)
            return structs.replace(again, recovered_at=None, resolved_at=None, cleared=False)
        case Kind.VOID:
            return structs.replace(incident, state="void", resolved_at=event.at)
        case _:
            return structs.replace(incident, state="child", parent=event.parent, resolved_at=event.at)


def _went_on(incident: Incident, at: Instant) -> Incident:
    """The last pause ends now; one that should have ended by itself did."""
    if not incident.waits or incident.waits[-1].end is not None:
        return incident
    last = incident.waits[-1]
    ended = structs.replace(last, end=at if last.until is None else min(at, last.until))
    return structs.replace(incident, waits=(*incident.waits[:-1], ended))


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
            return _resolved(_went_on(_vouched(incident, event), event.at))


def _vouched(incident: Incident, event: Event) -> Incident:
    """A person says since when it works again: never before its last bad evidence, never ahead of the event (4.3)."""
    if event.restored_at is None:
        return incident
    worse = [one.at for one in incident.events if one.kind in (Kind.JOINED, Kind.RELAPSED, Kind.REOPENED)]
    if not max([incident.opening.detected_at, *worse]) <= event.restored_at <= event.at:
        raise NotAllowed("it worked again after its last bad evidence, and not later than now")
    return structs.replace(incident, bad=frozenset(), recovered_at=event.restored_at)


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
