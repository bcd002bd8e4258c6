"""The plan: what the business wants, who does what by when, what was decided, what ends, costs and may go wrong."""

from __future__ import annotations

from msgspec import Struct

from checks.finding import Status
from checks.reading import Instant
from console.pages.verb import CLIENT, Argument, Page

TABS = (
    "summary", "outcomes", "milestones", "actions", "decisions", "waivers", "maintenance", "dates", "spend", "risks",
    "capabilities", "stakeholders", "log",
)  # fmt: skip


class SummaryRow(Struct, frozen=True):
    """One answer about a whole client, and the part of the plan that says more."""

    client: str
    what: str
    answer: str
    more: str
    tab: str
    status: Status


class OutcomeRow(Struct, frozen=True):
    """What the business wants, and how far it has come (K25)."""

    client: str
    id: str
    text: str
    owner: str
    owner_name: str
    kpi: str
    unit: str
    service: str
    baseline: float | None
    target: float | None
    current: str
    """As it stands today, or ""."""
    due: str
    state: str
    status: Status


class StepRow(Struct, frozen=True):
    """A milestone or an action."""

    client: str
    id: str
    text: str
    owner: str
    owner_name: str
    due: str
    done: str
    state: str
    status: Status
    is_over: bool
    outcome: str
    """"" where it serves none: it is unaligned."""
    service: str
    source: str
    """The incident, gap or waiver that it comes from."""
    result: str
    moves: tuple[str, ...]
    """Each date that it had before, and why that changed."""
    rollout: tuple[str, ...] = ()
    """Of a milestone: audience, channel, training, fallback."""
    estimate: int | None = None
    """Of an action: how much work it is. Seconds."""


class DecisionRow(Struct, frozen=True):
    """Something that was decided."""

    client: str
    id: str
    on: str
    by: str
    by_name: str
    what: str
    why: str
    right: str
    accepts: str
    covers: str
    expires: str
    state: str
    status: Status
    cites: tuple[str, ...]


class WaiverRow(Struct, frozen=True):
    """Leave to deviate from a policy (K22)."""

    client: str
    id: str
    policy: str
    scope: str
    asked_by: str
    asked_on: str
    decided_by: str
    """Who approved or refused it; "" while nobody has."""
    may: str
    """Who may decide it."""
    expires: str
    state: str
    status: Status
    is_over: bool
    reason: str
    compensating: str
    action: str
    note: str


class MaintenanceRow(Struct, frozen=True):
    """Planned work, and what it excuses."""

    client: str
    id: str
    services: tuple[str, ...]
    hosts: tuple[str, ...]
    start_at: Instant
    end_at: Instant
    why: str
    state: str
    status: Status
    is_over: bool
    is_planned: bool
    """It counts as planned (I11)."""
    excuse: str
    planned_by: str
    approved_by: str
    announced_at: Instant | None
    rollback: str
    result: str
    hits: tuple[str, ...]
    """The services that its hosts carry."""
    repeats: str = ""
    """When it comes again; all else is of the time that runs or comes next."""


class DateRow(Struct, frozen=True):
    """A day on which something ends, is due or must be decided."""

    client: str
    day: str
    """"" where it was due at once and never done."""
    days: int | None
    """Left; negative where it has passed."""
    kind: str
    about: str
    text: str
    owner: str
    owner_name: str
    status: Status


class SpendRow(Struct, frozen=True):
    """What a service costs a month, in cents, rounded half up."""

    client: str
    service: str
    """"" for contracts that no service stands on."""
    name: str
    users: int
    suppliers: int
    suppliers_per_user: int | None
    offering: int
    total: int
    total_per_user: int | None
    parts: tuple[str, ...]


class RiskRow(Struct, frozen=True):
    """A computed risk; score = weight × criticality (A 3, B 2, C 1)."""

    client: str
    kind: str
    about: str
    evidence: str
    services: tuple[str, ...]
    criticality: str
    weight: int
    score: int
    owner: str
    owner_name: str
    treatment: str
    status: Status


class CapabilityRow(Struct, frozen=True):
    """Who is able to do what: kept, bought or watched."""

    client: str
    id: str
    what: str
    sourcing: str
    parties: tuple[str, ...]
    why: str
    review: str
    alternatives: int
    exit_days: int
    value: str
    services: tuple[str, ...]
    skilled: tuple[str, ...]
    advice: str
    decision: str
    status: Status


class StakeholderRow(Struct, frozen=True):
    """Somebody whose agreement counts, or what one of them needs."""

    client: str
    kind: str
    """`person` or `need`."""
    id: str
    who: str
    who_name: str
    text: str
    """Interest and influence, or the need."""
    answer: str
    """The vote on the revision in force, or what meets the need."""
    status: Status


class LogRow(Struct, frozen=True):
    """One use of a decision right."""

    client: str
    id: str
    decided_at: Instant
    by: str
    by_name: str
    what: str
    about: str
    outcome: str
    why: str


class Plan(Struct, frozen=True):
    """One part of the plan: its rows alone are filled."""

    now: Instant
    tab: str
    summary: tuple[SummaryRow, ...] = ()
    outcomes: tuple[OutcomeRow, ...] = ()
    milestones: tuple[StepRow, ...] = ()
    actions: tuple[StepRow, ...] = ()
    decisions: tuple[DecisionRow, ...] = ()
    waivers: tuple[WaiverRow, ...] = ()
    maintenance: tuple[MaintenanceRow, ...] = ()
    dates: tuple[DateRow, ...] = ()
    spend: tuple[SpendRow, ...] = ()
    risks: tuple[RiskRow, ...] = ()
    capabilities: tuple[CapabilityRow, ...] = ()
    stakeholders: tuple[StakeholderRow, ...] = ()
    log: tuple[LogRow, ...] = ()
    notes: tuple[str, ...] = ()
    """Sentences about the whole part."""


PAGES: tuple[Page, ...] = (
    Page(
        "plan",
        "9",
        "Plan",
        "outcomes, steps, decisions, waivers, windows, dates, spend, risks",
        Plan,
        (CLIENT, Argument("tab", "which part", required=False, choices=TABS)),
        TABS,
    ),
)
