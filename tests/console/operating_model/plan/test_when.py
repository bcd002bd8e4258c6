"""Days, instants, scopes and ids, as people say them."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from console.operating_model.plan.when import ahead, day_of, in_scope, moment_of, next_id

TODAY = date(2026, 11, 15)
NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(("said", "day"), [("2026-11-20", 20), ("14d", 29), ("in 5d", 20), ("+1w", 22)])
def test_a_day_is_a_date_or_so_long_from_today(said: str, day: int) -> None:
    assert day_of(said, TODAY) == date(2026, 11, day)


@pytest.mark.parametrize("said", ["", "tomorrow", "2026-13-01", "20.11.2026", "999999999w"])
def test_what_is_no_day_is_refused_with_how_to_write_one(said: str) -> None:
    with pytest.raises(ValueError, match="write one such as 2026-11-20"):
        day_of(said, TODAY)


def test_a_bare_date_is_its_local_midnight_and_a_bare_time_is_local() -> None:
    assert moment_of("2026-11-12", NEW_YORK, TODAY).isoformat() == "2026-11-12T00:00:00-05:00"
    assert moment_of("2026-11-12 19:00", NEW_YORK, TODAY).isoformat() == "2026-11-12T19:00:00-05:00"
    assert moment_of("2026-11-12T19:00+01:00", NEW_YORK, TODAY).isoformat() == "2026-11-12T19:00:00+01:00"
    with pytest.raises(ValueError, match="is not an instant"):
        moment_of("this evening", NEW_YORK, TODAY)


@pytest.mark.parametrize(("said", "found"), [("15:00", "15:00:00"), ("9:05", "09:05:00"), ("15:00:30", "15:00:30")])
def test_a_time_without_a_day_is_of_today(said: str, found: str) -> None:
    assert moment_of(said, NEW_YORK, TODAY).isoformat() == f"2026-11-15T{found}-05:00"
    with pytest.raises(ValueError, match="or 19:00 today"):
        moment_of("25:00", NEW_YORK, TODAY)


def test_how_far_away_a_day_is() -> None:
    assert [ahead(date(2026, 11, day), TODAY) for day in (15, 16, 20, 14, 1)] == [
        "today", "in 1 day", "in 5 days", "1 day ago", "14 days ago",
    ]  # fmt: skip


def test_a_scope_names_values() -> None:
    assert in_scope("host=erp01, patch=openssl") == {"host": "erp01", "patch": "openssl"}
    for bad in ("", "erp01", "host=", "=erp01"):
        with pytest.raises(ValueError, match="write name=value"):
            in_scope(bad)


def test_the_next_id_is_one_more_than_the_greatest() -> None:
    assert next_id("w", set()) == "w-1"
    assert next_id("m", {"m-40", "m-41", "m-x", "other", "m"}) == "m-42"
