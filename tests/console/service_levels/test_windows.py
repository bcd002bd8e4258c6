"""Maintenance windows as seconds: single, repeated, called off, across clock changes."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from builders import NEW_YORK, a_client, a_service, utc

from console.operating_model.problems import ModelErrors
from console.operating_model.records import records
from console.pages.model import Document
from console.service_levels.intervals import length
from console.service_levels.windows import Window, planned_for, windows_of

YEAR = utc("2026-01-01T00:00:00+00:00"), utc("2029-01-01T00:00:00+00:00")


def a_record(**more: Any) -> Any:
    fields = {
        "kind": "maintenance", "client": "mill", "id": "m-1", "services": ["erp"], "hosts": ["box"], "why": "patches",
        "start": "2026-10-06T01:30:00-04:00", "end": "2026-10-06T03:30:00-04:00", "approved_by": "helen",
        "announced": "2026-10-01T09:00:00-04:00", **more,
    }  # fmt: skip
    (found,) = records(Document("r", json.dumps(fields)))
    return found


def told(zone: ZoneInfo = NEW_YORK, period: tuple[int, int] = YEAR, **more: Any) -> tuple[Window, ...]:
    return windows_of(a_client(a_service("erp"), zone=zone), [a_record(**more)], period)


def test_a_single_window_is_itself() -> None:
    (one,) = told()

    assert (one.start, one.end) == (utc("2026-10-06T05:30:00+00:00"), utc("2026-10-06T07:30:00+00:00"))
    assert one.is_planned
    assert planned_for("erp", [one]) == ((one.start, one.end),)
    assert planned_for("files", [one]) == ()


def test_a_repeated_window_keeps_its_wall_clock_hours_over_both_clock_changes() -> None:
    found = told(
        start="2026-10-25T00:30:00-04:00", end="2026-10-25T03:30:00-04:00", repeats="FREQ=WEEKLY;UNTIL=20270331"
    )

    hours = {one.end - one.start for one in found}
    assert hours == {3 * 3600, 4 * 3600, 2 * 3600}  # clocks go back on 1 Nov 2026, and forward on 14 Mar 2027
    assert len(found) == 23
    assert found[0].start == utc("2026-10-25T04:30:00+00:00")
    assert found[2].start == utc("2026-11-08T05:30:00+00:00")


def test_a_window_inside_the_hour_that_does_not_exist_is_none() -> None:
    found = told(
        start="2027-03-07T02:10:00-05:00",
        end="2027-03-07T02:50:00-05:00",
        announced="2027-03-01T09:00:00-05:00",
        repeats="FREQ=WEEKLY;COUNT=3",
    )

    assert [length(((one.start, one.end),)) for one in found] == [2400, 2400]


def test_each_time_is_judged_by_itself() -> None:
    found = told(repeats="FREQ=MONTHLY;BYDAY=1TU;COUNT=4", approved="2026-10-20T09:00:00-04:00")

    assert [one.is_planned for one in found] == [False, True, True, True]


def test_what_is_called_off_ends_with_the_times_that_began_before() -> None:
    assert told(cancelled="2026-10-05T09:00:00-04:00") == ()
    rule = "FREQ=MONTHLY;BYDAY=1TU;COUNT=4"
    assert len(told(repeats=rule, cancelled="2026-11-20T09:00:00-04:00")) == 2
    assert len(told(repeats=rule, closed="2026-11-20T09:00:00-04:00")) == 2
    assert len(told(repeats=rule, skips=["2026-12-01"])) == 3


def test_closed_early_means_that_the_work_is_over_and_the_promise_stays_excused() -> None:
    (one,) = told(closed="2026-10-06T02:00:00-04:00")

    assert (one.ended, one.end) == (utc("2026-10-06T06:00:00+00:00"), utc("2026-10-06T07:30:00+00:00"))


def test_only_what_touches_the_period_is_expanded() -> None:
    period = utc("2026-12-01T00:00:00+00:00"), utc("2026-12-08T00:00:00+00:00")

    assert [one.start for one in told(period=period, repeats="FREQ=DAILY;COUNT=1000")] == [
        utc(f"2026-12-0{day}T06:30:00+00:00") for day in range(1, 8)
    ]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=SECONDLY;COUNT=100000000", "DAILY, WEEKLY, MONTHLY or YEARLY"),
        ("FREQ=HOURLY;COUNT=2", "DAILY, WEEKLY, MONTHLY or YEARLY"),
        ("FREQ=DAILY", "never ends"),
        ("FREQ=DAILY;UNTIL=99991231", "three years at most"),
        ("FREQ=DAILY;COUNT=99999999", "COUNT 1 to"),
        ("FREQ=DAILY;INTERVAL=0;COUNT=2", "INTERVAL is 1 to 100"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", "cannot be said"),
        ("FREQ=DAILY;BYHOUR=1,2,3;COUNT=2", "cannot be said"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", "begin with the first one"),
        ("FREQ=WEEKLY;BYDAY=WE;COUNT=3", "begin with the first one"),
        ("FREQ=WEEKLY;UNTIL=20200101", "begin with the first one"),
        ("FREQ=WEEKLY;BYDAY=ZZ;COUNT=3", "not an RRULE"),
        ("every tuesday", "DAILY, WEEKLY, MONTHLY or YEARLY"),
    ],
)
def test_a_rule_that_bursts_or_lies_is_refused_in_a_sentence(rule: str, said: str) -> None:
    with pytest.raises(ModelErrors) as errors:
        a_record(repeats=rule)

    assert said in errors.value.problems[0].text


def test_windows_that_hardly_end_are_refused() -> None:
    with pytest.raises(ModelErrors, match="31 days at most"):
        a_record(end="2046-10-06T03:30:00-04:00")
    with pytest.raises(ModelErrors, match="a day at most"):
        a_record(end="2026-10-08T03:30:00-04:00", repeats="FREQ=WEEKLY;COUNT=2")
