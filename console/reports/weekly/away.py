"""Approved absence: days on which a machine is not expected (K4), minutes that a person does not have (K18)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from console.operating_model.schema.organization import PersonDoc
from console.operating_model.schema.records import AbsenceRecord
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.records import local, of
from console.service_levels.hours import instant
from console.service_levels.intervals import Intervals, normal


def approved(facts: WeekFacts) -> Iterator[AbsenceRecord]:
    """Every absence that somebody allowed."""
    yield from (one for one in of(facts, "absence", AbsenceRecord) if one.approved_by)


def away(facts: WeekFacts) -> dict[str, Intervals]:
    """By host, the stretches in which nothing is expected of it: whole local days."""
    zone = facts.client.zone
    found: dict[str, list[tuple[int, int]]] = {}
    for one in approved(facts):
        if one.host:
            found.setdefault(one.host, []).append((instant(one.first, 0, zone), instant(one.last, 1440, zone)))
    return {host: normal(spans) for host, spans in found.items()}


def shift_days(facts: WeekFacts, doc: PersonDoc, weeks_on: int = 0) -> tuple[date, ...]:
    """The days of the week, or of one that is so many weeks on, on which a person works."""
    days = (one + timedelta(weeks=weeks_on) for one in _week(facts))
    return tuple(one for one in days if _works(doc, one))


def days_away(facts: WeekFacts, person: str, days: Iterable[date]) -> tuple[date, ...]:
    """Those of some days on which an approved absence has a person elsewhere."""
    leave = [one for one in approved(facts) if one.person == person]
    return tuple(one for one in days if any(each.first <= one <= each.last for each in leave))


def _week(facts: WeekFacts) -> Iterator[date]:
    first, last = local(facts, facts.start).date(), local(facts, facts.end - 1).date()
    for ahead in range((last - first).days + 1):
        yield first + timedelta(days=ahead)


def _works(doc: PersonDoc, day: date) -> bool:
    """Whether a day is one of their shift; Monday to Friday where no shift is written."""
    return bool(doc.shift[day.weekday()]) if any(doc.shift) else day.weekday() < 5
