"""Help: W26 to W28 of operating-model.md, 3.4, with times on the SLA's clock as the table under W38 gives them."""

from __future__ import annotations

from fractions import Fraction

from builders import at

from console.reports.weekly.numbers import time_figures
from console.service_levels.kpis.help import ageing, attainment, half_up, spread

MINUTE = 60
OWN = [8, 20, 10, 12, 60, 45, 4]
SOLVED = [42, 1230, 30, 45, 240, 300, 20]
S1 = [42, 30, 45, 20]


def said(name: str, minutes: list[int]) -> list[str]:
    return [one.shows for one in time_figures("K", name, "", spread(one * MINUTE for one in minutes))]


def test_w26_mean_median_and_p90() -> None:
    assert said("time to own", OWN) == ["22 min 43 s", "12 min", "60 min"]
    assert said("time to resolve", SOLVED)[:2] == ["4 h 32 min 26 s", "45 min"]  # I-102 not on the wall clock
    assert said("time to resolve", S1)[0] == "34 min 15 s"


def test_w26_nothing_to_take_the_mean_of_is_none() -> None:
    assert said("time to own", []) == ["none"] * 3
    assert spread([]).mean is None


def test_w27_what_is_open_and_not_yet_broken_is_not_in_it() -> None:
    own = attainment(["met"] * 7 + [""])
    resolve = attainment(["met", "missed", "met", "met", "met", "met", "met", "", ""])
    assert (own.shows, resolve.shows) == ("100.00 %", "85.71 %")  # not 66.66 %
    assert resolve.verdict(Fraction(95, 100)) == "missed"
    assert attainment(["", ""]).shows == "nothing due"


def test_w28_ageing_at_the_end_of_sunday() -> None:
    end = at("2026-11-16T00:00")
    assert ageing([at("Tue 23:00"), at("Sat 10:00")], end) == (0, 1, 1, 0, 0)


def test_w28_the_lower_edge_belongs_to_its_age() -> None:
    day = 86_400
    assert ageing([0], day - 1) == (1, 0, 0, 0, 0)
    assert ageing([0], day) == (0, 1, 0, 0, 0)
    assert ageing([0], 14 * day) == (0, 0, 0, 0, 1)
    assert ageing([100], 0) == (1, 0, 0, 0, 0)  # one of the future is new


def test_half_a_second_is_rounded_up() -> None:
    assert half_up(Fraction(3, 2)) == 2
    assert half_up(Fraction(159 * 60, 7)) == 22 * 60 + 43
    assert spread([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).p90 == 9
    assert spread([1, 2]).median == Fraction(3, 2)
