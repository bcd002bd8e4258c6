"""The week: what was promised and what was kept, from records; unknown is shown as unknown."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.verb import Argument, Page


class Availability(Struct, frozen=True):
    """K1 and K2 of one service in one week (operating-model.md, 3.1 and 3.3). All durations in whole seconds."""

    service: str
    name: str
    owner: str
    eligible: int
    known: int
    down: int
    unknown: int
    availability: str
    """`99.52 %`, `no data` or `nothing due`; rounded so that it never flatters."""
    coverage: str
    target: str
    verdict: str
    """`met`, `missed`, `unproven`, or "" where nothing was promised."""
    low: str
    high: str


class WeekIncident(Struct, frozen=True):
    """One incident that was detected, or still open, in the week."""

    incident: int
    title: str
    service: str
    host: str
    severity: str
    state: str
    owner: str
    detected_at: Instant
    resolved_at: Instant | None
    own_verdict: str
    solve_verdict: str


class PatchLine(Struct, frozen=True):
    """How one host stood with updates at the week's end (or now)."""

    host: str
    status: str
    pending: int | None
    security: int | None
    oldest_security_days: int | None
    lists_age_days: int | None
    sentence: str


class BackupLine(Struct, frozen=True):
    """How one backup stood at the week's end (or now)."""

    host: str
    check: str
    subject: str
    status: str
    newest_at: Instant | None
    sentence: str


class Week(Struct, frozen=True):
    """One client's week. `start` and `end` are Monday 00:00 local of the client, in UTC seconds."""

    client: str
    client_name: str
    week: str
    """Such as `2026-W48`."""
    zone: str
    start: Instant
    end: Instant
    now: Instant
    so_far: bool
    headline: str
    services: tuple[Availability, ...]
    incidents: tuple[WeekIncident, ...]
    patches: tuple[PatchLine, ...]
    backups: tuple[BackupLine, ...]
    silences: tuple[Silence, ...]
    revision: str
    formula: str
    """Version of the formulas that made these numbers."""
    text: str = ""
    """The same week as a page of plain text."""


class Silence(Struct, frozen=True):
    """A stretch in which a host's state is not known."""

    host: str
    start: Instant
    end: Instant


PAGES: tuple[Page, ...] = (
    Page(
        "week",
        "8",
        "Week",
        "what was promised and what was kept",
        Week,
        (Argument("client", "which client"), Argument("week", "which week, such as 2026-W48", required=False)),
    ),
)
