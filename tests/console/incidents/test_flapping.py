"""Flapping: from the fifth turn within an hour, until it has been still for half an hour."""

from __future__ import annotations

import pytest
from builders import an_incident, at, event

from checks.finding import Status
from console.incidents.events import Kind
from console.incidents.flapping import STILL, WITHIN, crosses, flapping_since, flaps, is_flapping, turned

T = at("Mon 10:00")
MINUTE = 60


def told(*minutes: int) -> tuple[int | None, tuple[int, ...]]:
    """Since when it flaps, after turns at these minutes."""
    turns: tuple[int, ...] = ()
    since: int | None = None
    for minute in minutes:
        before, turns = turns, turned(turns, T + minute * MINUTE)
        since = flapping_since(turns, before, since)
    return since, turns


@pytest.mark.parametrize(
    ("minutes", "since"),
    [
        ((0, 10, 20, 30), None),
        ((0, 10, 20, 30, 40), 40),
        ((0, 15, 30, 45, 60), None),  # the first is an hour ago: four within the hour
        ((0, 15, 30, 45, 59), 59),
        ((0, 1, 2, 3, 4, 33), 4),
        ((0, 1, 2, 3, 4, 34), 34),  # still for half an hour, and five within the hour again
        ((0, 1, 2, 3, 4, 64), None),
        ((0, 1, 2, 3, 4, 30, 59, 88), 4),  # it goes on as long as it is never still
    ],
)
def test_it_flaps_from_the_fifth_turn_within_an_hour(minutes: tuple[int, ...], since: int | None) -> None:
    assert told(*minutes)[0] == (None if since is None else T + since * MINUTE)


def test_it_ends_at_its_own_second() -> None:
    since, turns = told(0, 1, 2, 3, 4)

    assert flaps(turns, since, T + 4 * MINUTE + STILL - 1)
    assert not flaps(turns, since, T + 4 * MINUTE + STILL)
    assert not flaps((), None, T)
    assert len(told(*range(60))[1]) == 5
    assert WITHIN == 3600


def test_only_what_turns_bad_or_good_is_a_turn() -> None:
    assert crosses(Status.OK, Status.BREACH)
    assert crosses(Status.BREACH, Status.WATCH)
    assert not crosses(Status.OK, Status.WATCH)
    assert not crosses(Status.UNKNOWN, Status.OK)


def test_an_incident_flaps_until_it_is_steady() -> None:
    flapping = event(T + 60, Kind.FLAPPING)

    assert not is_flapping(an_incident(T))
    assert is_flapping(an_incident(T, flapping, event(T + 90, Kind.OWNED, "ana")))
    assert is_flapping(an_incident(T, flapping, event(T + 90, Kind.STEADY, subject="/home")))
    assert not is_flapping(an_incident(T, flapping, event(T + 90, Kind.STEADY)))
