"""Addresses of strangers: how many at once, and how long one waits after keys that opened nothing."""

from __future__ import annotations

import pytest

from console.intake.door import source_of
from console.intake.sources import MOST_AT_ONCE, MOST_KNOWN, Sources


class Time:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


def tries(sources: Sources, source: str = "192.0.2.1") -> bool:
    may = sources.may_try(source)
    sources.left(source)
    return may


def test_a_key_that_opens_nothing_costs_ten_seconds_and_each_further_one_twice_as_many(time: Time) -> None:
    sources = Sources(time)
    waited = []
    for _ in range(9):
        assert tries(sources)
        sources.failed("192.0.2.1")
        began = time.now
        while not tries(sources):
            time.now += 1
        waited.append(time.now - began)
    assert waited == [10, 20, 40, 80, 160, 320, 600, 600, 600]
    assert tries(sources, "192.0.2.2"), "nobody else waits"


def test_what_is_long_ago_is_forgotten(time: Time) -> None:
    sources = Sources(time)
    for _ in range(5):
        sources.failed("192.0.2.1")
    time.now += 2500
    sources.failed("192.0.2.1")
    time.now += 10
    assert tries(sources)


def test_an_office_of_which_somebody_was_let_in_does_not_wait_for_one_that_was_revoked(time: Time) -> None:
    sources = Sources(time)
    sources.let_in("192.0.2.1")
    for _ in range(100):
        sources.failed("192.0.2.1")
        assert tries(sources)
    time.now += 24 * 3600
    sources.failed("192.0.2.1")
    assert not tries(sources)
    sources.let_in("192.0.2.1")
    assert tries(sources)


def test_only_so_many_strangers_of_one_address_are_there_at_once(time: Time) -> None:
    sources = Sources(time)
    assert [sources.may_try("192.0.2.1") for _ in range(MOST_AT_ONCE + 1)] == [True] * MOST_AT_ONCE + [False]
    assert sources.may_try("192.0.2.2")
    sources.left("192.0.2.1")
    sources.left("192.0.2.1")
    assert sources.may_try("192.0.2.1")


def test_a_flood_of_addresses_is_forgotten_from_its_oldest_on(time: Time) -> None:
    sources = Sources(time)
    for number in range(MOST_KNOWN + 10):
        sources.failed(f"2001:db8:{number:x}::/64")
    assert len(sources._failed) == MOST_KNOWN
    assert tries(sources, "2001:db8:0::/64")
    assert not tries(sources, f"2001:db8:{MOST_KNOWN:x}::/64")


def test_an_address_of_ipv4_is_itself_whatever_heard_it_and_of_ipv6_a_network_is_one() -> None:
    assert source_of(("192.0.2.1", "1")) == source_of(("::ffff:192.0.2.1", "1", "0", "0")) == "192.0.2.1"
    assert source_of(("2001:db8::1", "1")) == source_of(("2001:db8::ffff%eth0", "1")) == "2001:db8::/64"
    assert source_of(None) == ""
