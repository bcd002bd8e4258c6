"""How far an outcome has come (K25)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from checks.finding import Status
from checks.wording import percent
from console.operating_model.gaps.gap import Facts
from console.operating_model.plan.goals import goals, progress


def test_w36_progress_is_exact_and_neither_outcome_is_reached() -> None:
    erp = progress(Fraction("98.6"), Fraction("99.5"), Fraction(1_251_780 * 100, 1_258_200))
    files = progress(Fraction(400), Fraction(90), Fraction(93))
    assert (percent(erp), percent(files)) == ("98.86 %", "99.03 %")
    assert erp < 1


@pytest.mark.parametrize(
    ("current", "share"), [("98", "0.00 %"), ("99.499999999", "99.99 %"), ("99.5", "100.00 %"), ("100", "100.00 %")]
)
def test_progress_stays_between_nothing_and_all_and_never_flatters(current: str, share: str) -> None:
    assert percent(progress(Fraction("98.6"), Fraction("99.5"), Fraction(current))) == share


def test_a_target_that_is_the_baseline_is_met_or_not() -> None:
    assert [progress(Fraction(5), Fraction(5), Fraction(one)) for one in (5, 4)] == [1, 0]


def test_what_records_tell_is_measured_and_the_rest_says_that_it_is_not(facts: Facts) -> None:
    told = {one.doc.id: (one.current, one.word) for one in goals(facts, {})}
    assert told == {"o-orders": (None, "not measured yet"), "o-ransom": (93, "99.03 % of the way")}
    (_, late) = goals(replace(facts, today=date(2027, 1, 1)), {})
    assert (late.status, late.word.endswith("and its day has passed")) == (Status.BREACH, True)
    (_, soon) = goals(replace(facts, today=date(2026, 11, 12)), {})
    assert (soon.word, soon.status) == ("reached", Status.OK)


def test_w36_availability_is_that_of_the_28_days(facts: Facts) -> None:
    share = Fraction(1_251_780, 1_258_200)
    orders, _ = goals(facts, {"erp": (share, Fraction(1_251_780, 1_260_000))})
    assert (orders.word, orders.status) == ("98.86 % of the way", Status.WATCH)
    (reached, _) = goals(facts, {"erp": (Fraction("0.995"), Fraction("0.995"))})
    assert reached.word == "reached"
    (unproven, _) = goals(facts, {"erp": (Fraction(1), Fraction("0.9949"))})
    assert (unproven.word, unproven.status) == ("unproven: too much is not known", Status.WATCH)


def test_row_55_without_a_baseline_an_outcome_cannot_be_on_track(changed: Any) -> None:
    (_, ransom) = goals(changed(("baseline: 400, ", "")), {})
    assert (ransom.word, ransom.status) == ("no baseline: cannot be on track", Status.UNKNOWN)
    (_, ransom) = goals(changed(("target: 90, due", "due")), {})
    assert ransom.word == "no target: cannot be on track"
