"""Covered hours, ISO weeks and SLA clocks: the paper's worked timelines, and the weeks in which clocks change."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from builders import NEW_YORK, OFFICE, at, utc
from hypothesis import given
from hypothesis import strategies as st

from console.operating_model.entities import ALWAYS, Calendar
from console.service_levels.clocks import due, elapsed
from console.service_levels.hours import covered, instant
from console.service_levels.intervals import length
from console.service_levels.weeks import IsoWeek, NotAWeek

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = Calendar("night", (((120, 240),),) * 7)


def test_a_week_has_its_seconds_also_when_the_clocks_change() -> None:
    lengths = {}
    for name in ("2026-W13", "2026-W43", "2026-W48"):
        start, end = IsoWeek.parse(name).bounds(BERLIN)
        lengths[name] = end - start
    assert lengths == {"2026-W13": 601_200, "2026-W43": 608_400, "2026-W48": 604_800}
    start, end = IsoWeek.parse("2026-W44").bounds(NEW_YORK)
    assert end - start == 608_400


def test_an_hour_that_does_not_exist_begins_at_the_next_that_does() -> None:
    start, end = IsoWeek.parse("2026-W13").bounds(BERLIN)
    sunday = [span for span in covered(NIGHT, BERLIN, start, end) if span[0] >= utc("2026-03-29T00:00:00")]

    assert sunday == [(utc("2026-03-29T01:00:00"), utc("2026-03-29T02:00:00"))]


def test_an_hour_that_exists_twice_means_its_first_occurrence() -> None:
    assert instant(datetime(2026, 10, 25, tzinfo=UTC).date(), 150, BERLIN) == utc("2026-10-25T00:30:00")
    start, end = IsoWeek.parse("2026-W43").bounds(BERLIN)
    assert length(covered(NIGHT, BERLIN, start, end)) == 7 * 7200 + 3600


def test_holidays_close_the_day_and_midnight_is_an_end() -> None:
    start, end = IsoWeek.parse("2026-W48").bounds(NEW_YORK)

    assert length(covered(OFFICE, NEW_YORK, start, end)) == 4 * 10 * 3600
    assert covered(ALWAYS, NEW_YORK, start, end) == ((start, end),)
    whole = Calendar("whole", (((0, 1440),),) * 7, OFFICE.holidays)
    assert length(covered(whole, NEW_YORK, start, end)) == 6 * 86_400


@pytest.mark.parametrize("text", ["", "2026", "2026-W54", "2026-W00", "2027-W53", "W48-2026", "2026-48", "x"])
def test_what_is_no_week_is_said_so(text: str) -> None:
    with pytest.raises(NotAWeek, match="2026-W48"):
        IsoWeek.parse(text)


def test_week_53_exists_where_it_does() -> None:
    assert IsoWeek.parse("2026-w53").name == "2026-W53"
    assert IsoWeek.of(at("2026-11-24T13:00"), NEW_YORK).name == "2026-W48"
    assert IsoWeek.of(utc("2026-11-23T03:00:00"), NEW_YORK).name == "2026-W47"


ZONES = ("UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Cairo")


@given(starts=st.integers(0, 6), zone=st.sampled_from(ZONES), year=st.integers(2010, 2035))
def test_weeks_tile_the_years_without_a_hole_whatever_day_they_begin_on(starts: int, zone: str, year: int) -> None:
    here = ZoneInfo(zone)
    first = IsoWeek.parse(f"{year}-W01", starts)
    weeks = [first.back(-ahead) for ahead in range(54)]
    bounds = [week.bounds(here) for week in weeks]
    assert all(one[1] == after[0] for one, after in pairwise(bounds))
    assert all(abs(end - start - 604_800) <= 3600 for start, end in bounds)
    assert {week.first.weekday() for week in weeks} == {starts}
    assert len({week.name for week in weeks}) == len(weeks)
    for week, (start, end) in zip(weeks, bounds, strict=True):
        assert IsoWeek.parse(week.name, starts) == week
        assert week == IsoWeek.of(start, here, starts) == IsoWeek.of(end - 1, here, starts)
        assert week.month(here)[1] - week.month(here)[0] >= 4 * 604_800 - 3600


def test_a_week_is_named_by_the_iso_week_that_most_of_its_days_are_in() -> None:
    named = {starts: str(IsoWeek.parse("2026-W46", starts).first) for starts in range(7)}
    assert named == {
        0: "2026-11-09", 1: "2026-11-10", 2: "2026-11-11", 3: "2026-11-12",
        4: "2026-11-06", 5: "2026-11-07", 6: "2026-11-08",
    }  # fmt: skip


def test_timeline_1_is_due_exactly_at_closing() -> None:
    assert due(OFFICE, NEW_YORK, at("Mon 10:00"), 8 * 3600) == at("Mon 18:00")
    assert elapsed(OFFICE, NEW_YORK, at("Mon 10:00"), at("Mon 12:30")) == 9000
    assert elapsed(OFFICE, NEW_YORK, at("Mon 10:00"), at("Tue 08:00")) == 8 * 3600
    assert elapsed(OFFICE, NEW_YORK, at("Mon 10:00"), at("Tue 08:01")) == 8 * 3600 + 60


def test_timeline_2_skips_the_holiday() -> None:
    detected, solved = at("2026-11-25T16:30"), at("2026-11-27T12:00")

    assert elapsed(OFFICE, NEW_YORK, detected, solved) == 5 * 3600 + 1800
    assert due(OFFICE, NEW_YORK, detected, 8 * 3600) == at("2026-11-27T14:30")


def test_timeline_3_leaves_the_pause_out() -> None:
    pause = ((at("Mon 10:00"), at("Mon 15:00")),)

    assert elapsed(OFFICE, NEW_YORK, at("Mon 09:00"), at("Tue 10:30"), pause) == 6 * 3600 + 1800


def test_timeline_6_runs_all_night() -> None:
    assert elapsed(ALWAYS, NEW_YORK, at("Sat 02:00"), at("Sat 02:22")) == 22 * 60
    assert due(ALWAYS, NEW_YORK, at("Sat 02:00"), 900) == at("Sat 02:15")
    assert elapsed(ALWAYS, NEW_YORK, at("Sat 02:00"), at("Sat 07:10")) == 5 * 3600 + 600


def test_a_calendar_that_never_opens_is_never_due() -> None:
    assert due(Calendar("never", ((),) * 7), NEW_YORK, at("Mon 09:00"), 60) is None


def test_elapsed_at_the_due_instant_is_the_target() -> None:
    for hours in range(1, 60):
        found = due(OFFICE, BERLIN, utc("2026-10-23T14:00:00"), hours * 3600)
        assert found is not None
        assert elapsed(OFFICE, BERLIN, utc("2026-10-23T14:00:00"), found) == hours * 3600
