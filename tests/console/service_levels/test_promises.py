"""Promises beside what underpins them: the worked numbers W32, W33 and W37, and a search that has no shortcut."""

from __future__ import annotations

from datetime import date

import pytest
from builders import NEW_YORK, OFFICE, at
from hypothesis import given
from hypothesis import strategies as st

from console.operating_model.entities import ALWAYS, Calendar
from console.service_levels.clocks import due, elapsed
from console.service_levels.promises import Clocked, at_least_of, short_by, uncovered, worst_wait

HOUR = 3600
HOLIDAYS = frozenset({date(2026, 11, 26), date(2026, 12, 25), date(2027, 1, 1)})
VENDOR = Calendar("vendor", (((540, 1020),),) * 5 + ((),) * 2)
VENDOR_2026 = Calendar("vendor", VENDOR.windows, HOLIDAYS)
SHOP = Calendar("shop", (((360, 1320),),) * 5 + (((360, 840),), ()), HOLIDAYS)
WEEK = (at("Mon 00:00"), at("Mon 00:00") + 7 * 86_400)
YEAR = (at("2026-01-01T00:00"), at("2027-01-01T00:00"))


def test_w32_the_same_hours_on_a_shorter_day_are_short() -> None:
    plain_office = Calendar("office", OFFICE.windows)
    assert worst_wait(Clocked(8 * HOUR, VENDOR), plain_office, NEW_YORK, WEEK) == 10 * HOUR
    assert short_by(1800, Clocked(8 * HOUR, plain_office), Clocked(8 * HOUR, VENDOR), NEW_YORK, WEEK) == 2.5 * HOUR


def test_w33_a_vendor_on_office_hours_under_a_promise_round_the_clock() -> None:
    assert worst_wait(Clocked(16 * HOUR, VENDOR), ALWAYS, NEW_YORK, WEEK) == 96 * HOUR
    vendor = Clocked(16 * HOUR, VENDOR_2026)
    assert worst_wait(vendor, ALWAYS, NEW_YORK, YEAR) == 120 * HOUR
    assert short_by(900, Clocked(4 * HOUR, ALWAYS), vendor, NEW_YORK, YEAR) == 116 * HOUR + 900
    assert at_least_of(3, [0.995, 0.999, 0.999]) == pytest.approx(0.995 * 0.999**2)


def test_w37_redundancy_of_things_that_fail_independently() -> None:
    assert at_least_of(1, [0.99, 0.99]) == pytest.approx(0.9999)
    assert at_least_of(2, [0.99, 0.99, 0.99]) == pytest.approx(0.99**3 + 3 * 0.99**2 * 0.01)
    assert at_least_of(0, []) == 1


def test_hours_in_which_the_desk_is_closed_are_counted() -> None:
    assert uncovered(SHOP, VENDOR, NEW_YORK, WEEK) == (5 * 16 + 8 - 5 * 8) * HOUR
    assert uncovered(VENDOR, ALWAYS, NEW_YORK, WEEK) == 0


@given(
    supplier=st.integers(1, 30).map(lambda quarters: quarters * 900),
    opens=st.integers(0, 40),
    open_for=st.integers(2, 40),
    begun=st.integers(0, 7 * 24 * 4 - 1),
)
def test_no_start_waits_longer_than_the_worst(supplier: int, opens: int, open_for: int, begun: int) -> None:
    window = (opens * 15, min(1440, (opens + open_for) * 15))
    calendar = Calendar("their", ((window,),) * 5 + ((),) * 2)
    worst = worst_wait(Clocked(supplier, calendar), OFFICE, NEW_YORK, WEEK)
    start = WEEK[0] + begun * 900
    done = due(calendar, NEW_YORK, start, supplier)
    assert done is not None
    assert elapsed(OFFICE, NEW_YORK, start, done) <= worst
