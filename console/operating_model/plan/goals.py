"""How far an outcome has come: K25, from exact numbers, and never "on track" without a baseline (55). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from checks.finding import Status
from checks.wording import percent
from console.operating_model.gaps.gap import Facts
from console.operating_model.schema.plan import OutcomeDoc
from console.operating_model.schema.records import RestoreTestRecord


@dataclass(frozen=True, slots=True)
class Goal:
    """One outcome, where its number stands, and what that means."""

    doc: OutcomeDoc
    current: Fraction | None
    """None where nothing measures it yet."""
    word: str
    status: Status


Kept = Mapping[str, tuple[Fraction, Fraction]]
"""By service, its availability over 28 days, and what it is if everything unknown was bad: shares."""


def goals(facts: Facts, kept: Kept) -> tuple[Goal, ...]:
    """Every outcome of one client."""
    return tuple(_goal(facts, one, kept) for one in facts.doc.outcomes)


def progress(baseline: Fraction, target: Fraction, current: Fraction) -> Fraction:
    """K25: clamp((current − baseline) ÷ (target − baseline), 0, 1); a target that is the baseline is met or not."""
    if target == baseline:
        return Fraction(int(current == target))
    return min(Fraction(1), max(Fraction(0), (current - baseline) / (target - baseline)))


def _goal(facts: Facts, doc: OutcomeDoc, kept: Kept) -> Goal:
    current = _current(facts, doc, kept)
    if doc.baseline is None or doc.target is None:
        lacks = "baseline" if doc.baseline is None else "target"
        return Goal(doc, current, f"no {lacks}: cannot be on track", Status.UNKNOWN)
    if current is None:
        return Goal(doc, None, "not measured yet", Status.UNKNOWN)
    share = progress(Fraction(str(doc.baseline)), Fraction(str(doc.target)), current)
    if share == 1 and doc.kpi == "availability" and kept[doc.service][1] * 100 < Fraction(str(doc.target)):
        return Goal(doc, current, "unproven: too much is not known", Status.WATCH)
    if share == 1:
        return Goal(doc, current, "reached", Status.OK)
    late = doc.due is not None and doc.due < facts.today
    word = f"{percent(share)} of the way"
    return Goal(
        doc, current, f"{word}, and its day has passed" if late else word, Status.BREACH if late else Status.WATCH
    )


def _current(facts: Facts, doc: OutcomeDoc, kept: Kept) -> Fraction | None:
    """The number as it stands today, in the unit of its KPI."""
    if doc.kpi == "availability":
        return kept[doc.service][0] * 100 if doc.service in kept else None
    if doc.kpi != "restore_test_age_days":
        return None
    good = [
        one.at
        for one in facts.of(RestoreTestRecord)
        if one.result == "ok" and one.service == doc.service and one.at <= facts.today
    ]
    return Fraction((facts.today - max(good)).days) if good else None
