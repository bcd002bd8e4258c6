"""Triage: what needs me now, the most pressing first."""

from __future__ import annotations

from msgspec import Struct

from checks.finding import Status
from checks.reading import Instant
from console.pages.concerning import Whom
from console.pages.verb import CLIENT, Page


class Clock(Struct, frozen=True):
    """One promise that is running: own it by, or solve it by."""

    promise: str
    """`own` or `solve`."""
    due_at: Instant | None
    """When the promise breaks, as seen now; None where no promise applies."""
    total: int
    """Seconds promised, on the promise's own calendar."""
    left: int
    """Seconds of it left at the page's `now`; negative once broken."""
    running: bool
    """False while the clock's calendar is closed."""


class TriageRow(Struct, frozen=True):
    """One open incident, or one finding on watch that nobody has to own yet."""

    incident: int | None
    status: Status
    what: str
    client: str
    client_name: str
    host: str
    check: str
    subject: str
    service: str
    service_name: str
    owner: str
    """Whose it is by name: the incident's owner, else "" (nobody yet)."""
    answers: str
    """Who owns the service in the model."""
    severity: str
    """S1 to S4, or "" for what is only on watch."""
    since: Instant
    clock: Clock | None
    next_step: str
    children: int = 0
    """How many symptoms it has: guests that are gone because it is."""
    whom: Whom | None = None
    offer: str = ""
    """Who offers it to the reader, and with which words; "" where nobody does."""


class Lately(Struct, frozen=True):
    """How much happened while the reader was away."""

    left_at: Instant | None
    """None where they were never here: then it is the last day."""
    new: int = 0
    cleared: int = 0
    silent: int = 0


class Alarm(Struct, frozen=True):
    """A mark that nobody has answered by doing something."""

    incident: int
    client: str
    clock: str
    """`own` or `resolve`."""
    percent: int
    at: Instant
    owner: str
    what: str


class Alarms(Struct, frozen=True):
    """The page, the worst first."""

    now: Instant
    rows: tuple[Alarm, ...]


class Triage(Struct, frozen=True):
    """The page. `rows` are in the order in which they should be worked on."""

    now: Instant
    needs_you: int
    """How many rows are incidents that nobody owns, or that you own."""
    soonest: Clock | None
    oldest_evidence: Instant | None
    """When the stalest host that is still heard was last looked at."""
    hosts: int
    rows: tuple[TriageRow, ...]
    held_back: int = 0
    """How many findings alarm nobody yet: unconfirmed, in a window, or away; see the page `suppressed`."""
    letters: str = ""
    """What is wrong with letters that should leave the house, or ""."""
    lately: Lately = Lately(None)
    """What happened since the reader left; the page `news` has it one by one."""


PAGES: tuple[Page, ...] = (
    Page("triage", "1", "Triage", "what needs me now, the most pressing first", Triage, (CLIENT,)),
    Page("alarms", "", "Alarms", "promises that run out, and nobody has done anything since", Alarms, (CLIENT,)),
)
