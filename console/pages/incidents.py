"""Incidents: what is open, whose it is, and one incident's timeline."""

from __future__ import annotations

from msgspec import Struct

from checks.finding import Status
from checks.reading import Instant
from console.pages.triage import Clock


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
    """`new`, `owned`, `working`, `resolved`."""
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


class IncidentPage(Struct, frozen=True):
    """One incident with everything that happened to it."""

    now: Instant
    row: IncidentRow
    advice: str
    sentence: str
    timeline: tuple[TimelineEntry, ...]
    allowed: tuple[str, ...]
    """Names of the verbs that its state allows."""
