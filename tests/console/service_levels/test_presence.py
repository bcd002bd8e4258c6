"""When a host is missed: after two looks, after half a working day, after a week."""

from __future__ import annotations

from datetime import date

import pytest
from builders import a_client, a_service, at

from console.operating_model.entities import Calendar, Client, Host
from console.service_levels.presence import MISSED_AFTER, OFFICE, is_away, missed_at

HOUR = 3600


def client(presence: str) -> Client:
    return a_client(a_service("work", "ws"), hosts=(Host("ws", "main", presence=presence),))


@pytest.mark.parametrize(
    ("presence", "heard", "allowed", "missed"),
    [
        ("always", "Fri 17:59", 600, "Fri 18:09"),
        ("office", "Fri 17:59", 600, "2026-11-16T08:09"),  # switched off for the weekend
        ("office", "Fri 17:50", 600, "2026-11-16T08:00"),  # its grace ends with the hours: missed when they begin
        ("office", "Tue 09:00", 600, "Tue 09:10"),
        ("office", "Sat 12:00", 4 * HOUR, "2026-11-16T12:00"),
        ("office", "2026-11-25T17:00", 4 * HOUR, "2026-11-27T11:00"),  # Thanksgiving
        ("roaming", "Mon 09:00", 7 * 24 * HOUR, "2026-11-16T09:00"),
    ],
)
def test_a_host_is_missed_after_so_many_of_its_own_hours(presence: str, heard: str, allowed: int, missed: str) -> None:
    one = client(presence)
    if presence == "office":
        office = one.calendars["office"]
        one.calendars["office"] = Calendar("office", office.windows, frozenset({date(2026, 11, 26)}))

    assert missed_at(one, "ws", at(heard), allowed) == at(missed)


def test_without_a_calendar_the_office_is_open_in_the_week() -> None:
    one = client("office")
    del one.calendars["office"]

    assert missed_at(one, "ws", at("Fri 17:00"), MISSED_AFTER["office"]) == at("2026-11-16T11:00")
    assert is_away(one, "ws", at("Sat 12:00"))
    assert not is_away(one, "ws", at("Fri 12:00"))


def test_an_office_that_never_opens_misses_nobody() -> None:
    one = client("office")
    one.calendars["office"] = Calendar("office", ((),) * 7)

    assert missed_at(one, "ws", at("Mon 09:00"), 600) is None


def test_who_stands_in_no_model_is_expected_always() -> None:
    assert missed_at(None, "stray", 1000, 600) == 1600
    assert missed_at(client("office"), "stray", 1000, 600) == 1600
    assert OFFICE.windows[5:] == ((), ())
