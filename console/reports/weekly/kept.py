"""Every service of a client over the periods of its week: computed once, and read by the lines and the figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache

from checks.reading import Instant
from console.operating_model.entities import ALWAYS, Calendar, Client, Service
from console.operating_model.schema.records import MaintenanceRecord
from console.operating_model.schema.scalars import seconds
from console.reports.weekly.facts import WeekFacts
from console.service_levels.budgets import Promised
from console.service_levels.hours import covered
from console.service_levels.intervals import Intervals, clip, normal
from console.service_levels.spans import Pace, Plan, Span, pace, span
from console.service_levels.timeline import Stood, all_stood
from console.service_levels.windows import each_time

_AHEAD = 42 * 86_400
"""How far beyond its month a week looks for when a promise breaks."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One service: what was due of it, how it stood, and what its periods come to."""

    service: Service
    plan: Plan
    stood: Stood
    pace: Pace
    spans: tuple[Span, Span, Span]
    """The week, the 28 days that end with it, and the window of the promise."""
    windows: tuple[MaintenanceRecord, ...]
    """Planned work that lists it, also what excuses nothing."""
    members: frozenset[str]
    """Itself, everything that it needs, and what that runs on."""

    @property
    def week(self) -> Span:
        """The week."""
        return self.spans[0]

    @property
    def month(self) -> Span:
        """The 28 days that end with the week."""
        return self.spans[1]

    @property
    def promise(self) -> Span:
        """The window that its promise is about (`slo.window`): the 28 days, where nothing else is written."""
        return self.spans[2]

    @property
    def target(self) -> Fraction | None:
        """What was promised of this week."""
        return promised_at(self.plan.promised, self.week.period[0])


def promised_at(promised: Promised, instant: Instant) -> Fraction | None:
    """The target at an instant; before the first one, the first."""
    before = [target for start, target in promised if start <= instant]
    return before[-1] if before else next((target for _, target in promised), None)


@lru_cache(maxsize=2)
def stood_of(facts: WeekFacts) -> Mapping[str, Stood]:
    """How every host, external and service stood."""
    return all_stood(facts.client, facts.hosts)


def kept_of(facts: WeekFacts, stood: Mapping[str, Stood]) -> tuple[Kept, ...]:
    """Every service of the client, in the order of the model."""
    hours = _Hours(facts)
    return tuple(_kept(facts, one, stood[one.id], hours) for one in facts.client.services.values())


class _Hours:
    """Covered hours of each calendar, made once for all the services that share it."""

    def __init__(self, facts: WeekFacts) -> None:
        zone = facts.client.zone
        self._facts = facts
        self._reach = facts.week.reach(zone)[0], facts.week.calendar_month(zone)[1] + _AHEAD
        self._made = cache(self._of)

    def __call__(self, calendar: Calendar, start: Instant, end: Instant) -> Intervals:
        first, last = self._reach
        if first <= start and end <= last:
            return clip(self._made(calendar.id), start, end)
        return covered(calendar, self._facts.client.zone, start, end)

    def _of(self, calendar: str) -> Intervals:
        return covered(self._facts.client.calendars.get(calendar, ALWAYS), self._facts.client.zone, *self._reach)


def _kept(facts: WeekFacts, service: Service, stood: Stood, hours: _Hours) -> Kept:
    client, week = facts.client, facts.week
    calendar = client.calendars.get(service.hours, ALWAYS)
    members = _below(client, service.id, set())
    heard = [facts.since[one] for one in (*members, *_witnesses(client, members)) if one in facts.since]
    windows = tuple(_windows(facts, service.id))
    plan = Plan(
        hours=lambda start, end: hours(calendar, start, end),
        since=min(heard, default=facts.cut),
        cut=facts.cut,
        planned=normal((seconds(one.start), seconds(one.end)) for one in windows if _counts(one, facts.cut)),
        excluded=excluded_of(client, service),
        promised=facts.promised.get(service.id) or ((facts.start, _target(service)),),
    )
    now = pace(plan, stood)
    ours = span(plan, stood, week.bounds(client.zone), now)
    month = span(plan, stood, week.month(client.zone), now)
    window = _window(facts, service)
    promise = {"week": ours, "28d": month}.get(window) or span(plan, stood, week.calendar_month(client.zone), now)
    return Kept(
        service, plan, stood, now, (ours, month, promise), windows, frozenset({*members, *_carriers(client, members)})
    )


def excluded_of(client: Client, service: Service) -> frozenset[str]:
    """Causes that the SLA of a service leaves out."""
    doc = client.doc.slas.get(service.sla) if client.doc else None
    return frozenset(doc.excluded_causes) if doc else frozenset()


def _window(facts: WeekFacts, service: Service) -> str:
    doc = facts.client.doc.services.get(service.id) if facts.client.doc else None
    return doc.slo.window if doc and doc.slo else "28d"


def _target(service: Service) -> Fraction | None:
    return None if service.availability is None else Fraction(service.availability).limit_denominator(1_000_000)


def _windows(facts: WeekFacts, service: str) -> Iterator[MaintenanceRecord]:
    zone = facts.client.zone
    period = facts.week.reach(zone)[0], facts.week.calendar_month(zone)[1] + _AHEAD
    mine = (one for one in facts.papers.get("maintenance", ()) if isinstance(one, MaintenanceRecord))
    return each_time(facts.client, (one for one in mine if service in one.services), period)


def _counts(window: MaintenanceRecord, cut: Instant) -> bool:
    """Whether it is planned; of what is to come only what was announced by the cut-off (I11)."""
    if not window.is_planned or window.announced is None:
        return False
    return seconds(window.start) < cut or seconds(window.announced) <= cut


def _below(client: Client, service: str, seen: set[str]) -> set[str]:
    """Everything that a service needs, itself included, each once however many ways lead there."""
    if service not in seen:
        seen.add(service)
        for member in client.services[service].needs.members if service in client.services else ():
            _below(client, member, seen)
    return seen


def _carriers(client: Client, members: Iterable[str]) -> Iterator[str]:
    """What the hosts among them run on."""
    for member in members:
        host = client.hosts.get(member)
        while host is not None and host.runs_on:
            yield host.runs_on
            host = client.hosts.get(host.runs_on)


def _witnesses(client: Client, members: Iterable[str]) -> Iterator[str]:
    """The hosts that look at what has no agent."""
    for member in members:
        if member in client.externals:
            yield client.externals[member].probing_host
