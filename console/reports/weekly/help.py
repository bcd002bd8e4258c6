"""Section 2 of the page: the incidents of the week and how their promises were kept."""

from __future__ import annotations

from console.incidents.clock import own_promise, solve_promise
from console.incidents.events import Incident
from console.pages.week import WeekIncident
from console.reports.weekly.facts import WeekFacts


def incident_lines(facts: WeekFacts) -> tuple[WeekIncident, ...]:
    """A line for every incident that touches the week."""
    return tuple(_incident(facts, one) for one in facts.incidents)


def _incident(facts: WeekFacts, one: Incident) -> WeekIncident:
    own, solve = own_promise(facts.client, one, facts.now), solve_promise(facts.client, one, facts.now)
    return WeekIncident(
        incident=one.number,
        title=one.opening.title,
        service=one.opening.service,
        host=one.opening.host,
        severity=one.opening.severity.value,
        state=one.state,
        owner=one.owner,
        detected_at=one.opening.detected_at,
        resolved_at=one.resolved_at,
        own_verdict=own.verdict if own else "",
        solve_verdict=solve.verdict if solve else "",
    )
