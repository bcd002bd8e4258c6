"""How a number was made: the arithmetic of its verdict holds also where two decimals do not tell it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from builders import NEW_YORK, a_client, a_service
from rendered import frozen_week

from console.pages.figures import Figure
from console.reports.explained import explained
from console.reports.weekly.compose import weekly
from console.reports.weekly.facts import WeekFacts
from console.service_levels.timeline import HostRecord
from console.service_levels.weeks import IsoWeek

WEEK = IsoWeek.parse("2026-W46")
START, END = WEEK.bounds(NEW_YORK)
BEFORE = WEEK.back(1).bounds(NEW_YORK)[0]
LADDER = {"work": ((0, Fraction(999, 1000)), (START, Fraction(9953, 10_000)))}
"""The mean of the two weeks is 99.715 %: 3447 of their 1,209,600 seconds may be lost."""


def month(lost: int, unseen: int = 0) -> tuple[Figure, str]:
    """K1 of the 28 days of a service that was first seen a week before this one, and why it is met or missed."""
    record = HostRecord(((BEFORE, END - unseen),), ((START, START + lost),))
    facts = WeekFacts(
        client=a_client(a_service(availability=0.9953)), revision="mill revision 2", week=WEEK, now=END + 3600,
        hosts={"box": record}, since={"box": BEFORE}, incidents=(), findings={}, promised=LADDER,
    )  # fmt: skip
    found = explained(weekly(facts), "K1", "work")
    return next((one.figure, one.verdict_from) for one in found if one.figure.span == "28d")


@pytest.mark.parametrize(("lost", "verdict"), [
    (3447, "99.715029 % reaches 99.715000 %: met"), (3448, "99.714947 % falls short of 99.715000 %: missed"),
])  # fmt: skip
def test_a_target_between_two_promises_is_printed_up_and_judged_exactly(lost: int, verdict: str) -> None:
    figure, told = month(lost)
    assert (figure.shows, figure.target, told) == ("99.71 %", "99.72 %", verdict)
    assert figure.inputs[-1].value == "99.715000 %"
    assert figure.inputs[-1].source == "(99.90 % × 604800 + 99.53 % × 604800) ÷ 1209600, revisions of the model"


def test_what_nobody_saw_is_told_as_finely() -> None:
    figure, told = month(3447, unseen=1)
    assert figure.verdict == "unproven"
    assert told == (
        "between 99.714947 % and 99.715029 %, depending on what nobody saw; 99.715000 % lies between: unproven"
    )


def test_one_promise_is_told_as_it_is_printed() -> None:
    (told,) = [one.verdict_from for one in explained(frozen_week(), "K1", "erp")
               if (one.figure.span, one.figure.name) == ("28d", "availability")]  # fmt: skip
    assert "falls short of 99.50 %" in told
    assert not [one for one in frozen_week().figures for each in one.inputs if each.name.startswith("T, mean")]
