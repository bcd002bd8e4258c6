"""Refusals at the door in the audit log: each address once in ten minutes, and a flood counted, not written."""

from __future__ import annotations

from console.watch.knocks import MOST_AN_HOUR, Knocks


def test_an_address_is_written_once_in_ten_minutes_and_the_rest_counted() -> None:
    knocks = Knocks()
    assert [knocks.told("192.0.2.1", at) for at in (0, 1, 599, 600)] == ["", None, None, "2 more since the last row"]
    assert knocks.told("192.0.2.2", 600) == ""


def test_a_flood_from_everywhere_does_not_fill_the_log() -> None:
    knocks = Knocks()
    told = [knocks.told(f"192.0.2.{number}", number / 10) for number in range(10_000)]
    assert sum(one is not None for one in told) == MOST_AN_HOUR
    assert knocks.told("192.0.2.1", 5000) == f"{10_000 - MOST_AN_HOUR} more since the last row"
