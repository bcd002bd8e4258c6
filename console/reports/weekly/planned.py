"""Work that is still to be done: the estimates of open actions, less what was logged to them (K18's forecast)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from checks.text import clean
from checks.wording import duration
from console.operating_model.schema.facts import WorkLogRecord
from console.operating_model.schema.records import ActionRecord
from console.operating_model.schema.scalars import seconds
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.records import local, of, open_actions


@dataclass(frozen=True, slots=True)
class Ahead:
    """What one person has to do until the end of the next week, overdue work included."""

    minutes: int | None
    """What is left of the estimates; None where none of it is estimated."""
    unestimated: int
    """How many of the actions have no estimate."""
    lines: tuple[str, ...]
    """Each that has one: `a-3, due Fri 20 Nov: 2 h of 4 h left`."""


def ahead(facts: WeekFacts, person: str) -> Ahead:
    """A person's open actions at this client that are due by the end of the next week."""
    last = local(facts, facts.end - 1).date() + timedelta(days=7)
    mine = [one for one in open_actions(facts) if one.owner == person and one.due <= last]
    estimated = [one for one in mine if one.estimate is not None]
    spent = _spent(facts)
    left = {one.id: max(0, (one.estimate or 0) // 60 - spent[one.id]) for one in estimated}
    return Ahead(
        sum(left.values()) if estimated else None,
        len(mine) - len(estimated),
        tuple(_line(one, left[one.id]) for one in estimated),
    )


def _spent(facts: WeekFacts) -> Counter[str]:
    """Minutes that were logged to each action, ever, by the cut-off."""
    logged = {one.name: one for one in of(facts, "work-log", WorkLogRecord) if seconds(one.start) < facts.cut}
    spent: Counter[str] = Counter()
    for one in logged.values():
        spent[one.action] += one.minutes
    return spent


def _line(one: ActionRecord, left: int) -> str:
    whole = duration(one.estimate or 0)
    return clean(f"{one.id}, due {one.due:%a} {one.due.day} {one.due:%b}: {duration(left * 60)} of {whole} left")
