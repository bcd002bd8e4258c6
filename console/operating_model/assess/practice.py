"""What was seen of the work itself: the live facts that an assessment sets beside the documents. Made by the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

FOUR_WEEKS = 28 * 86_400
QUARTER = 90 * 86_400


@dataclass(frozen=True, slots=True)
class Handled:
    """One incident, as far as an assessment cares. Instants are UTC seconds."""

    id: str
    kind: str
    """The finding type: the name of its check, or what it is about where no check found it."""
    service: str
    severity: str
    detected_at: int
    owned_at: int | None = None
    resolved_at: int | None = None
    cause: str = ""
    """`own`, `supplier`, `client` …; "" where nobody said."""
    supplier_ref: str = ""
    runbook: str = ""
    skipped: tuple[str, ...] = ()
    """Steps of its runbook that were left out."""
    path: tuple[str, ...] = ()
    """What people did to it, in order: two incidents with one path were handled the same way."""
    unowned: int = 0
    """Seconds in which nobody had it: since it was released, or beyond the promise to own it."""
    owners: int = 0
    """How many people had it, one after the other."""
    is_cleared: bool = False
    """It ended by itself, without anybody's work."""
    is_void: bool = False
    """It was none: a false alarm, a duplicate, a test. It counts as noise, and as nothing else."""
    reopened: int = 0
    own_verdict: str = ""
    solve_verdict: str = ""


@dataclass(frozen=True)
class Practice:
    """Live facts of one client at one instant. None: nothing measures it yet; empty: measured, and there was none."""

    now: int = 0
    incidents: tuple[Handled, ...] = ()
    """Of the last 90 days, oldest first."""
    coverage: Mapping[str, Fraction | None] = field(default_factory=dict)
    """K2 of each service over 28 days."""
    availability: Mapping[str, Fraction | None] = field(default_factory=dict)
    """K1 of each service over 28 days."""
    seen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By check, the hosts from which there is evidence of the last seven days."""
    joined: Mapping[str, int] = field(default_factory=dict)
    """When each host that checks in first joined."""
    unplanned: tuple[str, ...] = ()
    """Hosts that check in and stand in no model."""
    measured: frozenset[str] = frozenset()
    """KPIs that have a value this week."""
    noise: Fraction | None = None
    """K17 over 28 days, of what became an incident."""
    kpi_weeks: Mapping[str, int] | None = None
    """By KPI, how many of the last frozen weeks have a value."""
    budget_weeks: Mapping[str, int] | None = None
    """By service, for how many weeks running its error budget was computed."""
    missed_twice: frozenset[str] | None = None
    """Services that missed their SLO two weeks running in the last 90 days."""
    missed_kpis: frozenset[str] | None = None
    """KPIs that missed their target in a frozen week of the last 90 days."""
    frozen_on_time: tuple[str, ...] | None = None
    """Which of the last four weeks were frozen before Monday 10:00 was over."""
    load: Mapping[str, Fraction] | None = None
    """K18 of each technician over 28 days."""
    handovers: Mapping[str, bool] = field(default_factory=dict)
    """Offered hand-overs of the last 28 days, and whether they were accepted."""
    changed_runbooks: frozenset[str] = frozenset()
    """Runbooks that a revision of the last 90 days changed."""
    citing: frozenset[str] = frozenset()
    """Decisions that cite the numbers they were made from."""
    users_before: int | None = None
    """The client's users as its model said 90 days ago; None where there was no model yet."""
    gaps_before: frozenset[str] | None = None
    """Keys of the gaps that stood 90 days ago; None where there was no model yet."""

    def lately(self) -> tuple[Handled, ...]:
        """The incidents that were detected or resolved in the last 28 days."""
        since = self.now - FOUR_WEEKS
        return tuple(one for one in self.incidents if not one.is_void and (one.resolved_at or one.detected_at) >= since)
