"""Openings and events, and what they fold to (operating-model.md, 4.1 and 4.2); `states` does the folding."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from checks.finding import Impact
from checks.reading import Instant
from console.operating_model.entities import Criticality, Severity

_TOLD = "told the client"
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
    SEVERITY = "severity"
    REASSIGNED = "reassigned"
    OFFERED = "offered"
    """A hand-over is offered: who offers stays the owner until it is accepted."""
    ACCEPTED = "accepted"
    ORPHANED = "orphaned"
    """An offer that nobody accepted in time after the shift's end (4.4)."""
    RELEASED = "released"
    """Back to the queue: nobody owns it any more."""
    STEP = "step"
    """A step of the runbook is done, or skipped with a reason."""
    LOGGED = "logged"
    """Minutes worked on it."""
    ESCALATED = "escalated"
    """Somebody further up was called (4.4); whose it is stays as it is."""
    MARK = "mark"
    """A share of a promise's time is used up (4.4)."""
    CLOSED = "closed"
    UNDONE = "undone"
    """An event of the last five minutes does not count, as whoever did it says."""


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
    """Of a pause: `client`, `agreed-window`, `supplier`, `parts` or `observe`; of a resolution: why it is over although
    the evidence is still bad."""
    until: Instant | None = None
    """Of a pause: when the client should have answered, when the window begins."""
    restored_at: Instant | None = None
    """Of a resolution that a person vouches for: when it worked again."""
    parent: int = 0
    """Of a child: the number of the incident that has it."""
    severity: Severity | None = None
    """Of a change of severity: the new one."""
    to: str = ""
    """Of a hand-over or a reassignment: the login of whom it goes to; of an escalation: the person's id."""
    told: str = ""
    """Of a note: by which channel the client was told; the first such note is the first response (4.3)."""
    ref: str = ""
    """Of a note or a wait for a supplier: the number of the supplier's ticket."""
    minutes: int = 0
    """Of logged work: minutes in all."""
    travel: int = 0
    """Of logged work: how many of them were travel."""
    percent: int = 0
    """Of a mark: the share of the time; its `subject` is `own` or `resolve`."""
    late: bool = False
    """Of a mark: nobody was there to notice when it was due."""
    undoes: int = 0
    """Of an undo: which event does not count, 1 for the first."""
    id: str = ""
    """Of what was written away from the desk: 32 hexadecimal digits; it counts once however often it comes."""
    party: str = ""
    """Of a resolution: whose the cause was, by the words of outages (`own`, `supplier` …); "" where nobody said."""


def tells_client(event: Event) -> bool:
    """Whether a note says that the client was told: by which channel, or in its first words where it names none."""
    return event.kind is Kind.NOTE and bool(event.told or event.text.lower().startswith(_TOLD))


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
    """`new`, `owned`, `working`, `pending`, `resolved`, `closed`, `void` or `child`."""
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
    graded: tuple[tuple[Instant, Severity], ...] = ()
    """Changes of severity: from when on, which."""
    offered_to: str = ""
    offered_at: Instant | None = None
    released_at: Instant | None = None
    """Since when it lies in the queue again; None while somebody owns it, or nobody ever did."""
    unowned: int = 0
    """Seconds for which it lay in the queue again, stretches that are over."""
    first_response_at: Instant | None = None
    """When the client was first told (4.3)."""
    steps: tuple[str, ...] = ()
    """The steps of the runbook that are done or skipped."""
    minutes: int = 0
    """Minutes that were logged."""
    rests: tuple[tuple[Instant, Instant], ...] = ()
    """`[resolved, reopened)`: time in which it was over, as it seemed."""
    events: tuple[Event, ...] = ()

    @property
    def number(self) -> int:
        """Its number."""
        return self.opening.incident

    @property
    def severity(self) -> Severity:
        """The one in force."""
        return self.graded[-1][1] if self.graded else self.opening.severity

    @property
    def party(self) -> str:
        """Whose the cause was, as the last resolution says; "" where nobody said, or it is not over."""
        said = (event.party for event in reversed(self.events) if event.kind is Kind.RESOLVED)
        return next(said, "") if self.resolved_at is not None else ""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something, or the evidence to stay good for a while."""
        return self.state not in OVER and self.resolved_at is None

    @property
    def is_counted(self) -> bool:
        """Whether its promises count: a false alarm has none, and a child has its parent's (4.2)."""
        return self.state != "void" and not self.parent


OVER = ("resolved", "closed", "void")
"""The states in which nobody has to do anything."""


class NotAllowed(Exception):
    """This cannot happen to the incident now: says why, and what can."""
