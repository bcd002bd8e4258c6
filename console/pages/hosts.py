"""Hosts: who checks in, what was found on each, and one host's page."""

from __future__ import annotations

from msgspec import Struct

from checks.finding import Status
from checks.reading import Instant, Item
from console.pages.concerning import Whom
from console.pages.verb import CLIENT, Argument, Page


class HostRow(Struct, frozen=True):
    """One host of a client's model, with or without an agent."""

    client: str
    site: str
    host: str
    agent: str
    """The agent's id; "" where the model expects a host that no agent has joined for."""
    status: Status
    last_seen: Instant | None
    """When the console last heard it."""
    catching_up: bool
    os: str
    agent_version: str
    breached: int
    watched: int
    unknown: int
    worst: str
    """The sentence of the worst finding, or ""."""
    services: tuple[str, ...]
    planned: bool
    """False for a host that reports but stands in no model."""
    entry: str = ""
    """Of such a host: the line to write under `hosts:` in the model."""
    is_heard: bool = False
    """Whether it checks in as it should; what is unknown of it is another matter."""


class Hosts(Struct, frozen=True):
    """The page."""

    now: Instant
    rows: tuple[HostRow, ...]
    door: str
    """The address of the door, for the lines that bring in the next machine."""


class FindingRow(Struct, frozen=True):
    """One check about one subject of one host, with whose it is."""

    client: str
    host: str
    check: str
    title: str
    subject: str
    status: Status
    sentence: str
    advice: str
    since: Instant
    """Since when it stands so."""
    taken_at: Instant
    evidence_until: Instant
    holds_until: Instant | None
    value: float | None
    unit: str
    standard: str
    """The limits in words, with who says so."""
    service: str
    service_name: str
    owner: str
    answers: str
    sla: str
    items: tuple[Item, ...] = ()
    whom: Whom | None = None
    """Whom it concerns, where it is not fine."""
    held_back: str = ""
    """Why nobody is alarmed of it, where that is held back."""
    held_until: Instant | None = None
    """When it is told at the latest, if it lasts."""
    flapping: bool = False
    """It turns too often to be told each time."""


def said(one: FindingRow) -> str:
    """What was found, and whether it alarms anybody."""
    marks = [*(["flapping"] if one.flapping else []), *([f"held back: {one.held_back}"] if one.held_back else [])]
    return f"{one.sentence} ({', '.join(marks)})" if marks else one.sentence


class Findings(Struct, frozen=True):
    """The page."""

    now: Instant
    rows: tuple[FindingRow, ...]


class Stretch(Struct, frozen=True):
    """A piece of history in which one status held: `[start, end)`."""

    start: Instant
    end: Instant
    status: Status


class Series(Struct, frozen=True):
    """Numbers of one check and subject, oldest first: pairs of (instant, value)."""

    check: str
    subject: str
    unit: str
    points: tuple[tuple[Instant, float], ...]


class Serves(Struct, frozen=True):
    """A service that needs this host."""

    service: str
    name: str
    criticality: str
    owner: str
    answers: str
    sla: str


class HostPage(Struct, frozen=True):
    """One host: every finding with its sentence, its history and its numbers."""

    now: Instant
    row: HostRow
    serves: tuple[Serves, ...]
    findings: tuple[FindingRow, ...]
    history: dict[str, tuple[Stretch, ...]]
    """`check` or `check subject` → the last seven days of it; "" → the host as a whole."""
    series: tuple[Series, ...]
    kernel: str = ""
    clock_off: int = 0
    """Seconds by which the host's clock runs ahead of the console's."""


class AgentRow(Struct, frozen=True):
    """One agent that has joined."""

    agent: str
    client: str
    site: str
    host: str
    hostname: str
    version: str
    joined_at: Instant
    last_seen: Instant | None
    status: str
    """`heard`, `silent`, `never heard`, `waits for approval`, `revoked` or `left`."""
    fingerprint: str
    note: str
    """Why it is silent and where to look, or that a clone is suspected."""
    release: str
    """Its version beside the console's own: `outdated`, `current` or `newer`; "" where it says none, or is gone."""


class Agents(Struct, frozen=True):
    """The page."""

    now: Instant
    rows: tuple[AgentRow, ...]


PAGES: tuple[Page, ...] = (
    Page("hosts", "3", "Hosts", "who checks in, and what was found there", Hosts, (CLIENT,)),
    Page(
        "host",
        "",
        "Host",
        "one host: findings, history, numbers",
        HostPage,
        (Argument("client", "which client"), Argument("host", "which host")),
    ),
    Page(
        "findings",
        "0",
        "Findings",
        "every check of every host, worst first",
        Findings,
        (CLIENT, Argument("host", "which host", required=False), Argument("status", "which status", required=False)),
    ),
    Page("agents", "", "Agents", "every agent that has joined", Agents, (CLIENT,)),
)
