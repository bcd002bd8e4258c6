"""Which charts stand on the client's page, in which order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from console.pages.week import Week
from console.reports.charts.budgets import budget_chart
from console.reports.charts.bullets import bullet_chart
from console.reports.charts.hosts import ageing_chart
from console.reports.charts.strips import strip_chart
from console.reports.charts.trends import trend_chart
from console.reports.printed.document import Drawing


def service_charts(week: Week, earlier: Sequence[Week] = ()) -> Iterator[Drawing]:
    """When it hurt, how far from the promise, whether the budget lasts, and how it went before."""
    yield from strip_chart(week)
    yield from bullet_chart(week)
    yield from budget_chart(week)
    yield from trend_chart(week, earlier)


def update_chart(week: Week) -> Iterator[Drawing]:
    """How hosts stand with updates."""
    yield from ageing_chart(week)
