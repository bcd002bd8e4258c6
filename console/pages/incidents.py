"""Incidents: what is open, whose it is, and one incident's timeline."""

from __future__ import annotations

from msgspec import Struct

from checks.finding import Status
from checks.reading import Instant
from checks.wording import counted
from console.pages.compliance import JobRow
from console.pages.concerning import Concern
from console.pages.house import Done
from console.pages.triage import Clock
from console.pages.verb import CLIENT, INCIDENT, Argument, Page, Role, Verb


class IncidentRow(Struct, frozen=True):
    """One incident, as its events fold."""

    incident: int
    client: str
    service: str
    service_name: str
    host: str
    check: str
    subject: str
    title: str
    severity: str
    state: str
    """`new`, `owned`, `working`, `child`, `resolved`."""
    owner: str
    answers: str
    detected_at: Instant
    resolved_at: Instant | None
    status: Status
    own: Clock | None
    solve: Clock | None
    own_verdict: str
    """`met`, `missed`, or "" while open."""
    solve_verdict: str
    outage: str = ""
    """`confirmed`, `to confirm` (a silence that may have been one), or ""."""
    parent: int = 0
    """The incident whose symptom it is, or 0."""
    children: int = 0
    """How many symptoms it has."""
    flapping: bool = False
    """It turns too often to be told each time, and counts as bad until it has been still."""
    acknowledged: str = ""
    """Who knows of it and why it may wait, as a sentence; "" where nobody said so since it was last good."""


def with_guests(text: str, host: str, children: int) -> str:
    """What it is about, with how many symptoms it has said right behind its host."""
    named = f"{host} and {counted(children, 'other', 'others')}"
    return text.replace(host, named, 1) if children else text


class Incidents(Struct, frozen=True):
    """The page."""

    now: Instant
    rows: tuple[IncidentRow, ...]


class TimelineEntry(Struct, frozen=True):
    """One event of an incident."""

    at: Instant
    by: str
    kind: str
    text: str


class RunbookStep(Struct, frozen=True):
    """One step of the runbook, and what was said of it."""

    name: str
    is_done: bool
    said: str = ""


class Waited(Struct, frozen=True):
    """Seconds of the SLA's clock for which work waited for something."""

    reason: str
    seconds: int


class Rung(Struct, frozen=True):
    """One person of the chain that an incident is escalated along."""

    name: str
    role: str
    address: str
    """By the channel of this severity and hour."""
    called_at: Instant | None
    """When they were called about it; None where they were not yet."""


class IncidentPage(Struct, frozen=True):
    """One incident with everything that happened to it."""

    now: Instant
    row: IncidentRow
    advice: str
    sentence: str
    timeline: tuple[TimelineEntry, ...]
    allowed: tuple[str, ...]
    """Names of the verbs that its state allows."""
    children: tuple[IncidentRow, ...] = ()
    """Its symptoms."""
    concern: Concern | None = None
    """Whom it concerns; None where its client is in no model."""
    steps: tuple[RunbookStep, ...] = ()
    waits: tuple[Waited, ...] = ()
    offered_to: str = ""
    """Whom it is offered to, and who has not accepted yet."""
    unowned: int = 0
    """Seconds for which it lay in the queue again."""
    minutes: int = 0
    """Minutes that were logged."""
    chain: tuple[Rung, ...] = ()
    """Who can be called about it, the next one first among those who were not."""
    forecasts: tuple[str, ...] = ()
    """What suppliers' contracts let expect beside our own promise, a sentence each."""
    breaks: bool = False
    """Whether one of them ends later than our promise."""
    backups: tuple[JobRow, ...] = ()
    """Of a backup: the jobs that it is about, over the last fourteen days."""
    room: str = ""
    """How full the disks of their targets are, as their agents saw it; "" where none says so."""
    recurrence_of: int = 0
    """The last incident before it about the same check of the same host; 0 where there was none in 90 days."""


REF = Argument("ref", "the number of the supplier's ticket", required=False, aside=True)
CARRIED = (
    Argument("id", "its own number, where it is brought from elsewhere: it counts once", required=False, aside=True),
    Argument("written", "when it was written, where that was before", required=False, aside=True),
)
_TOLD = Argument("told", "told the client by (phone, email …; empty: not told)", required=False)
_RESTORED = Argument(
    "restored_at", "since when it works again (empty: as the evidence says)", required=False, aside=True
)
PARTIES = ("own", "supplier", "client", "client-accepted-risk", "force-majeure")
"""Whose a cause may be: what an SLA may leave out, and what it does not."""
_PARTY = Argument("party", "whose was the cause", required=False, choices=PARTIES)
_DESPITE = Argument("despite", "the evidence is still bad: why is it over all the same", required=False)

PAGES: tuple[Page, ...] = (
    Page(
        "incidents",
        "5",
        "Incidents",
        "what is open, whose it is, how long is left",
        Incidents,
        (CLIENT, Argument("state", "open, or all", required=False)),
    ),
    Page(
        "incident",
        "",
        "Incident",
        "one incident and everything that happened to it",
        IncidentPage,
        (INCIDENT,),
    ),
)

VERBS: tuple[Verb, ...] = (
    Verb(
        "own",
        "o",
        "own it",
        "take this incident: from now on it is yours",
        Role.TECHNICIAN,
        Done,
        (INCIDENT,),
        ("triage", "incidents", "incident"),
    ),
    Verb(
        "note",
        "n",
        "note",
        "write down what you saw, did or told the client",
        Role.TECHNICIAN,
        Done,
        (INCIDENT, Argument("text", "your note"), _TOLD, REF, *CARRIED),
        ("triage", "incidents", "incident"),
    ),
    Verb(
        "resolve",
        "r",
        "resolve",
        "say what the cause was; while the evidence is still bad, also why it is over all the same",
        Role.TECHNICIAN,
        Done,
        (INCIDENT, Argument("cause", "what was the cause"), _PARTY, _DESPITE, _RESTORED),
        ("triage", "incidents", "incident"),
    ),
    Verb(
        "outage",
        "O",
        "was an outage",
        "confirm that the service was down while this incident was open",
        Role.TECHNICIAN,
        Done,
        (INCIDENT, Argument("text", "who saw it, and how")),
        ("incidents", "incident"),
        asks_once=True,
    ),
)
