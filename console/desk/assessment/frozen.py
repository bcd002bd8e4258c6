"""What frozen weeks tell an assessment: numbers that were there week by week, promises that were missed, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from checks.reading import Instant
from console.desk.office import Office
from console.desk.week.frozen import value_of, weeks_of
from console.operating_model.entities import Client
from console.pages.figures import Figure
from console.pages.week import Week
from console.service_levels.hours import instant
from console.service_levels.weeks import IsoWeek, week_named, week_of
from console.store.weeks import FrozenWeek

QUARTER = 13
"""Weeks of the last 90 days."""
_NUMBERS: Mapping[str, tuple[str, str, str | None]] = {
    "availability": ("K1", "availability", None),
    "checkin": ("K4", "check-in completeness", ""),
    **{f"patch_{one}": ("K6", "patch compliance", one) for one in ("critical", "high", "moderate", "low")},
    "backup_success": ("K8", "backup success", ""),
    "rpo_time": ("K9", "RPO compliance", None),
    "restore_test_age_days": ("K11", "restore proof", None),
    "sla_own": ("K15", "attainment, own", ""),
    "sla_resolve": ("K15", "attainment, resolve", ""),
    "noise": ("K17", "noise", ""),
    "load": ("K18", "load", None),
}
"""Which figures a KPI of the model is: formula, name, and about what (None: about any)."""


@dataclass(frozen=True, slots=True)
class FrozenPast:
    """The fields of `Practice` that only frozen weeks can fill."""

    kpi_weeks: Mapping[str, int]
    budget_weeks: Mapping[str, int]
    missed_twice: frozenset[str]
    missed_kpis: frozenset[str]
    on_time: tuple[str, ...]


def frozen_past(office: Office, client: Client, at: Instant) -> FrozenPast | None:
    """The frozen weeks of the 90 days before an instant; None where there is none."""
    present = week_of(client, at)
    earliest = present.back(QUARTER).name
    kept = [one for one in weeks_of(office).latest(client.id, QUARTER, present.name) if one.week >= earliest]
    found = [one for one in kept if one.frozen_at <= at]
    if not found:
        return None
    weeks = [value_of(one) for one in found]
    running = _running(weeks, present)
    return FrozenPast(
        {kpi: sum(any(_values(week, kpi)) for week in running) for kpi in _NUMBERS},
        {id_: sum(id_ in _budgeted(week) for week in running) for id_ in client.services},
        frozenset(_missed_twice(weeks)),
        frozenset(kpi for kpi in _NUMBERS if any(one.verdict == "missed" for one in _figures(weeks, kpi))),
        tuple(_on_time(found, client, present)),
    )


def _running(weeks: Sequence[Week], present: IsoWeek) -> list[Week]:
    """The last four weeks, as far as they are frozen without a hole."""
    by_name = {one.week: one for one in weeks}
    found: list[Week] = []
    for ago in range(1, 5):
        week = by_name.get(present.back(ago).name)
        if week is None:
            break
        found.append(week)
    return found


def _figures(weeks: Iterable[Week], kpi: str) -> Iterator[Figure]:
    formula, name, about = _NUMBERS[kpi]
    for week in weeks:
        for one in week.figures:
            if (one.kpi, one.name) == (formula, name) and about in (None, one.about):
                yield one


def _values(week: Week, kpi: str) -> Iterator[bool]:
    return (one.value is not None for one in _figures([week], kpi))


def _budgeted(week: Week) -> set[str]:
    return {one.about for one in week.figures if (one.kpi, one.name) == ("K3", "error budget left")}


def _missed_twice(weeks: Sequence[Week]) -> Iterator[str]:
    """Services whose promise was missed in two weeks running."""
    missed = {one.week: {line.service for line in one.services if line.light == "missed"} for one in weeks}
    for name, services in missed.items():
        yield from services & missed.get(IsoWeek.parse(name).back(1).name, set())  # names follow one another for all


def _on_time(found: Sequence[FrozenWeek], client: Client, present: IsoWeek) -> Iterator[str]:
    """Which of the last four weeks were frozen before 10:00 of the Monday after them was over (5.1)."""
    last = {present.back(ago).name for ago in range(1, 5)}
    for one in found:
        closes = _closes(week_named(client, one.week))
        if one.week in last and one.frozen_at <= instant(closes, 600, client.zone):
            yield one.week


def _closes(week: IsoWeek) -> date:
    """The Monday on which it is closed: the first one that is not before its end."""
    end = week.first + timedelta(days=7)
    return end + timedelta(days=-end.weekday() % 7)
