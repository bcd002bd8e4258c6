"""The week: what was promised and what was kept, from records; unknown is shown as unknown."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.figures import Figure
from console.pages.verb import Argument, Page
from console.pages.week_sections import (
    ActionLine,
    Comment,
    Contract,
    Decide,
    Freeze,
    Help,
    JobLine,
    Maturity,
    OwnerSection,
    Restated,
    Risk,
    Staff,
    UpdateLine,
)


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
    hours: str = ""
    """The name of its service hours, such as `shop hours`."""
    month: str = ""
    """Availability over the 28 days that end with the week."""
    budget_left: str = ""
    """Of 28 days: `12 min 55 s`, `none, 2 min over`, or `all`."""
    light: str = ""
    """`ok`, `watch`, `missed`, or "" where nothing is promised or due (5.1)."""
    contract: Contract | None = None
    """In contract terms, where an excluded cause makes a difference."""
    notes: tuple[str, ...] = ()
    forecast: str = ""
    """`at this pace the promise breaks Thu 14:00`, or ""."""
    strip: tuple[str, ...] = ()
    """Seven local days of 24 cells: ` ` outside hours, `█` good, `▒` degraded, `■` down, `░` planned, `·` unknown."""
    budget: int = 0
    """Error budget of the 28 days, in seconds."""
    burn: tuple[tuple[Instant, int], ...] = ()
    """Budget left in seconds at the end of each local day of the 28 days, or at each change."""
    stops: int = 0
    """How often it stopped in its hours."""


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
    on_word: str = ""
    """Why it was resolved although the evidence was still bad; "" where it was not."""


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
    """One client's week. `start` and `end` are 00:00 local of the day on which its weeks begin, in UTC seconds."""

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
    evidence: str = ""
    """K4: for which share of the expected time there is evidence."""
    figures: tuple[Figure, ...] = ()
    """Every number of the week with what it was made from; the pages print from these and from the lines."""
    help: Help | None = None
    jobs: tuple[JobLine, ...] = ()
    updates: tuple[UpdateLine, ...] = ()
    risks: tuple[Risk, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    decide: tuple[Decide, ...] = ()
    comments: tuple[Comment, ...] = ()
    contact: str = ""
    """The last line: whom to ask, and whom to call when it is urgent."""
    owner: tuple[OwnerSection, ...] = ()
    """What the provider's owner reads besides (5.3, B to J)."""
    staff: tuple[Staff, ...] = ()
    """Our technicians, for a load over all clients; none in weeks that were frozen before it was kept."""
    maturity: tuple[Maturity, ...] = ()
    """How far the operating model is lived, component by component."""
    gaps: tuple[str, ...] | None = None
    """What tells the operating model's gaps apart, so that the next week says which opened and closed (5.3, H);
    None in weeks that were frozen before they were kept, and where no document is."""
    restated: tuple[Restated, ...] = ()
    """Figures of earlier frozen weeks that late truth changed."""
    frozen: Freeze | None = None
    """None while it is a preview."""


class Silence(Struct, frozen=True):
    """A stretch in which a host's state is not known."""

    host: str
    start: Instant
    end: Instant


_WHICH = (Argument("client", "which client"), Argument("week", "which week, such as 2026-W48", required=False))

PAGES: tuple[Page, ...] = (
    Page(
        "week",
        "8",
        "Week",
        "what was promised and what was kept",
        Week,
        _WHICH,
        leads=("week-charts", "week-figures", "weeks", "trends"),
    ),
    Page("week-charts", "K", "Charts", "the week hour by hour, and what is left of each budget", Week, _WHICH),
    Page("week-figures", "E", "Every number", "every number of the week, each to be opened", Week, _WHICH),
)
