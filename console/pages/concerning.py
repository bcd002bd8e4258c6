"""Whom a finding concerns: services hit and how, people, suppliers, the channel, the runbook, the outcome."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.house import Done
from console.pages.verb import CLIENT, Argument, Page, Role, Verb


class Contact(Struct, frozen=True):
    """A person or supplier, as what they are asked, and where they are reached."""

    name: str
    part: str
    """`on call`, `tell`, `supplier`."""
    address: str


class Card(Struct, frozen=True):
    """How word travels for this severity at this hour."""

    channel: str
    """The id in the register; "" where it has none for this severity."""
    kind: str
    """`phone`, `email` …"""
    opens_at: Instant | None
    """When it opens; None while it is open."""
    contacts: tuple[Contact, ...]
    sentence: str


class Supply(Struct, frozen=True):
    """A contract under a service, with when it is due if it is called now."""

    supplier: str
    name: str
    desk: str
    account: str
    contract: str
    covers: tuple[str, ...]
    due_at: Instant | None
    """When the contract owes the solution; None where it names no time."""
    will_breach: bool
    """Whether that, or even the answer, is later than our own promise."""
    is_struck: bool
    """Whether what it covers lies between the fault and the service."""
    respond_at: Instant | None = None
    """When the contract owes an answer; None where it names no time."""
    called_at: Instant | None = None
    """Since when we wait for them; None where they were not called, so that it is as if they were called now."""


class ConcernRow(Struct, frozen=True):
    """One service that is hit."""

    service: str
    name: str
    criticality: str
    users: int
    impact: str
    """`down`, `degraded` or `at risk`."""
    how: str
    """`needs`, `redundancy` or `uses`."""
    path: tuple[str, ...]
    others: tuple[str, ...]
    """Members that still carry it, where redundancy is lost."""
    sentence: str
    severity: str
    owner: str
    owner_name: str
    accountable: str
    deputy: str
    does: tuple[str, ...]
    informed: tuple[str, ...]
    sla: str
    own_due_at: Instant | None
    solve_due_at: Instant | None
    supplies: tuple[Supply, ...]
    outcome: str
    outcome_text: str
    budget: str = ""
    """What is left of its error budget, such as `5 min 22 s (13 %)`; "" where none is measured."""


class Concern(Struct, frozen=True):
    """The page, made from the model in force. People are given by name."""

    now: Instant
    client: str
    host: str
    check: str
    subject: str
    incident: int
    """The open incident about it, or 0."""
    sentence: str
    impact: str
    """What it does to the host itself."""
    severity: str
    rows: tuple[ConcernRow, ...]
    card: Card
    process: str
    runbook: str
    steps: tuple[str, ...]


class Whom(Struct, frozen=True):
    """The same in a few words, for the detail of a row."""

    hits: tuple[str, ...]
    accountable: str
    deputy: str
    own_due_at: Instant | None
    solve_due_at: Instant | None
    budget: str
    supplier: str
    channel: str
    outcome: str


HOST = Argument("host", "which host", picked=True)
_WHERE = (
    Argument("client", "which client", picked=True),
    HOST,
    Argument("check", "which check", required=False),
    Argument("subject", "what of it", required=False),
)

PAGES: tuple[Page, ...] = (
    Page(
        "concern",
        "",
        "Concerns",
        "whom a finding concerns: services, people, suppliers, channel, runbook, outcome",
        Concern,
        (CLIENT, HOST, *_WHERE[2:]),
    ),
)

VERBS: tuple[Verb, ...] = (
    Verb(
        "concerns",
        "w",
        "whom",
        "show whom this concerns: services hit, people, suppliers, channel, runbook, outcome",
        Role.VIEWER,
        Done,
        _WHERE,
        ("triage", "incidents", "incident", "hosts", "host", "findings"),
    ),
)
