"""K3: budgets piece by piece, how fast they go, and when they are gone."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.service_levels.availability import Figures
from console.service_levels.budgets import (
    Budget,
    Burning,
    allowed,
    budget,
    burn,
    gone_at,
    pieces,
    target_of,
    threshold,
)
from console.service_levels.intervals import length, normal

HIGH, LOW = Fraction(999, 1000), Fraction(995, 1000)
WEEK = 604_800


def test_a_budget_is_rounded_down_once_and_not_piece_by_piece() -> None:
    promised = ((0, Fraction(1, 2)), (3, Fraction(1, 2)))

    assert budget(promised, ((0, 6),), 0) == Budget(3, 0)
    assert [seconds for _, seconds in pieces(promised, ((0, 6),))] == [3, 3]


def test_what_was_promised_before_the_first_piece_is_the_first_piece() -> None:
    assert allowed(((100, HIGH),), ((0, 2000),)) == 2
    assert allowed(((5000, HIGH),), ((0, 2000),)) == 2


def test_nothing_promised_has_no_budget_and_a_promise_that_began_late_counts_from_there() -> None:
    assert budget((), ((0, 1000),), 5) is None
    assert budget(((0, None),), ((0, 1000),), 5) is None
    begun = ((0, None), (1000, HIGH))
    assert budget(begun, ((0, 3000),), 1) == Budget(2, 1)
    assert target_of(begun, ((0, 3000),)) == HIGH


def test_the_target_of_a_window_in_which_it_changed_is_its_mean() -> None:
    promised = ((0, HIGH), (3 * WEEK, LOW))

    assert target_of(promised, ((0, 4 * WEEK),)) == (3 * HIGH + LOW) / 4
    assert target_of(promised, ()) is None


def test_a_whole_promise_has_no_budget_and_the_first_second_exhausts_it() -> None:
    assert budget(((0, Fraction(1)),), ((0, 1000),), 0) == Budget(0, 0)
    assert Budget(0, 0).share is None
    assert Budget(0, 1).share == -1
    assert Budget(100, 150).share == Fraction(-1, 2)


def test_the_threshold_is_of_the_hours_of_the_service_and_not_a_constant() -> None:
    day_and_night, office = 28 * 86_400, 20 * 36_000

    assert threshold(Fraction(2, 100), 30 * 86_400, 3600) == Fraction(144, 10)
    assert float(threshold(Fraction(2, 100), day_and_night, 3600)) == 13.44
    assert threshold(Fraction(2, 100), office, 3600) == 4
    assert threshold(Fraction(10, 100), office, 72 * 3600) < 1


@pytest.mark.parametrize(("rate", "limit", "is_alarm"), [(5, 4, True), (4, 4, False), (3, 4, False), (3, 1, False)])
def test_a_burn_alarms_above_a_threshold_that_says_something(rate: int, limit: int, is_alarm: bool) -> None:
    assert Burning(3600, Fraction(rate), Fraction(limit)).is_alarm is is_alarm


def test_a_burn_is_a_share_of_what_is_known() -> None:
    assert burn(Figures(1000, 500, 5), HIGH) == 10
    assert burn(Figures(1000, 0, 0), HIGH) is None
    assert burn(Figures(1000, 1000, 1), Fraction(1)) is None


def test_gone_is_the_first_instant_at_which_nothing_is_left() -> None:
    ahead = ((100, 110), (200, 300))

    assert gone_at(5, Fraction(1, 2), ahead) == 110
    assert gone_at(6, Fraction(1, 2), ahead) == 202
    assert gone_at(1, Fraction(1, 3), ahead) == 103
    assert gone_at(1000, Fraction(1, 2), ahead) is None
    assert gone_at(5, Fraction(0), ahead) is None
    assert gone_at(-3, Fraction(1, 2), ahead) == 100


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5).map(normal),
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from([None, HIGH, LOW, Fraction(1)])), min_size=1, max_size=4),
)
def test_pieces_cover_every_second_once(
    eligible: tuple[tuple[int, int], ...], raw: list[tuple[int, Fraction | None]]
) -> None:
    promised = sorted(dict(raw).items())
    found = list(pieces(promised, eligible))

    assert sum(seconds for _, seconds in found) == length(eligible)
    naive: dict[Fraction | None, int] = {}
    for start, end in eligible:
        for second in range(start, end):
            held = [target for begins, target in promised if begins <= second] or [promised[0][1]]
            naive[held[-1]] = naive.get(held[-1], 0) + 1
    sums: dict[Fraction | None, int] = {}
    for target, seconds in found:
        sums[target] = sums.get(target, 0) + seconds
    assert {target: seconds for target, seconds in sums.items() if seconds} == naive
