"""A service over a period: the sets of operating-model.md, 3.1, and what was promised of it. Pure.

S are the covered hours since it was first watched, M the planned work that counts and lists it, E = S without M; the
rest (K, D, Dx, Da) is in `availability`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from console.service_levels.availability import Figures, excused, figures
from console.service_levels.budgets import Promised, budget, gone_at, target_of
from console.service_levels.intervals import Interval, Intervals, clip, difference
from console.service_levels.lights import Judged
from console.service_levels.timeline import Stood

SOON = 14 * 86_400
"""A budget that is gone within so many seconds is to be watched (5.1)."""
LATELY = 7 * 86_400
"""The present burn is that of so many seconds."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is due of a service, and what was promised."""

    hours: Callable[[int, int], Intervals]
    """Its covered hours between two instants."""
    since: int
    """When it was first watched: nothing is due before."""
    cut: int
    """Where the record ends."""
    planned: Intervals = ()
    """Planned work that counts for it."""
    excluded: frozenset[str] = frozenset()
    """Causes that its SLA leaves out."""
    promised: Promised = ()

    def whole(self, period: Interval) -> Intervals:
        """E as it is planned to the end of the period."""
        start = max(period[0], self.since)
        return difference(self.hours(start, period[1]), self.planned) if start < period[1] else ()

    def covered(self, period: Interval) -> Intervals:
        """S as it is planned to the end of the period."""
        start = max(period[0], self.since)
        return self.hours(start, period[1]) if start < period[1] else ()


@dataclass(frozen=True, slots=True)
class Span:
    """One service over one period, so far."""

    period: Interval
    whole: Intervals
    """E as planned to the end."""
    eligible: Intervals
    """E so far."""
    seconds: Figures
    experienced: Judged
    contract: Judged

    @property
    def best(self) -> Fraction | None:
        """The availability of the whole period if nothing more is lost, and nothing was that nobody saw (W3)."""
        total = sum(end - start for start, end in self.whole)
        return Fraction(total - self.seconds.down, total) if total else None


@dataclass(frozen=True, slots=True)
class Pace:
    """The present burn, and the covered hours that it goes on into."""

    spent: Figures
    """The last 7 days in contract terms: what the SLA leaves out says nothing of the days to come."""
    ahead: Intervals
    """14 days."""

    @property
    def rate(self) -> Fraction:
        """Seconds lost a known second."""
        return Fraction(self.spent.down, self.spent.known) if self.spent.known else Fraction(0)

    def breaks_at(self, left: int) -> int | None:
        """When so much budget is gone, walking the covered hours; None if not within 14 days."""
        return gone_at(left, self.rate, self.ahead)


def pace(plan: Plan, stood: Stood) -> Pace:
    """How it goes at the end of the record."""
    spent = figures(stood, plan.whole((plan.cut - LATELY, plan.cut)), plan.excluded).contract
    return Pace(spent, plan.whole((plan.cut, plan.cut + SOON)))


def span(plan: Plan, stood: Stood, period: Interval, now: Pace) -> Span:
    """What a period comes to, as it goes now."""
    whole = plan.whole(period)
    eligible = clip(whole, period[0], plan.cut)
    seconds = figures(stood, eligible, plan.excluded)
    kept = difference(whole, excused(stood, plan.excluded)) if seconds.excluded else whole
    contract = seconds.contract
    is_blind = bool(seconds.known) and not contract.known
    experienced = _judged(plan, (whole, seconds), now, is_open=plan.cut < period[1])
    terms = experienced
    if seconds.excluded:
        terms = replace(_judged(plan, (kept or whole, contract), now, plan.cut < period[1]), is_blind=is_blind)
    return Span(period, whole, eligible, seconds, experienced, terms)


def _judged(plan: Plan, counted: tuple[Intervals, Figures], now: Pace, is_open: bool) -> Judged:
    eligible, seconds = counted
    left = budget(plan.promised, eligible, seconds.down)
    goes_soon = left is not None and now.breaks_at(left.left) is not None
    can_be_met = is_open and left is not None and left.left >= 0
    return Judged(seconds, target_of(plan.promised, eligible), left, goes_soon, can_be_met)
