"""What stays of check-ins after 48 hours: the spread of each number by hour and by day, and everything that changed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select

from checks import wire
from checks.reading import CheckIn, CheckName, Machine, Reading
from console.store import schema
from console.store.database import Database, opened
from console.store.history import History
from console.store.retention import DAY, HOUR, HOURS_KEPT, MOST_AT_ONCE, RAW_SECONDS, Spread, decoded, roll_up

T0 = 1_795_478_400  # Tue 24 Nov 2026, 00:00 UTC
LATER = T0 + RAW_SECONDS + DAY


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = opened(tmp_path / "console")
    yield database
    database.close()


def keep(database: Database, seq: int, at: int, value: float, agent: str = "a", ordinal: int = 1) -> None:
    machine = Machine("box", "debian-12")
    seen = (
        Reading(CheckName("memory"), "", value, at, at + 60),
        Reading(CheckName("uptime"), "", 5.0, at, at + 60),
        Reading(CheckName("memory"), "none", None, at, at + 60),
    )
    body = wire.encode_check_in(CheckIn("e" * 32, seq, at, "boot", 1.0, 60, "0.1.0", machine, seen))
    row = {"agent": agent, "ordinal": ordinal, "seq": seq, "sha256": b"x", "taken_at": at, "received_at": at}
    with database.writing.begin() as connection:
        connection.execute(insert(schema.checkins), {**row, "body": zlib.compress(body)})


def roll(database: Database, now: int, *agents: str) -> int:
    with database.writing.begin() as connection:
        return roll_up(connection, agents or ("a",), now, lambda check: check == "memory")


def rollups(database: Database) -> dict[tuple[int, int], dict[str, Spread]]:
    with database.reading.connect() as connection:
        return {(row.span, row.start): decoded(row.body) for row in connection.execute(select(schema.rollups))}


def whole(database: Database) -> list[int]:
    with database.reading.connect() as connection:
        return list(connection.execute(select(schema.checkins.c.seq).order_by(schema.checkins.c.seq)).scalars())


def test_two_days_stay_whole_and_older_ones_become_hours_and_days(database: Database) -> None:
    keep(database, 1, T0, 0.2)
    keep(database, 2, T0 + 60, 0.6)
    keep(database, 3, T0 + HOUR, 0.1)
    keep(database, 4, LATER - RAW_SECONDS, 0.9)

    assert roll(database, LATER) == 3
    assert whole(database) == [4]
    assert rollups(database) == {
        (HOUR, T0): {"memory": Spread(0.2, 0.6, 0.8, 2)},
        (HOUR, T0 + HOUR): {"memory": Spread(0.1, 0.1, 0.1, 1)},
        (DAY, T0): {"memory": Spread(0.1, 0.6, pytest.approx(0.9), 3)},  # type: ignore[arg-type]
    }
    assert roll(database, LATER) == 0


def test_a_check_in_that_comes_late_joins_its_hour(database: Database) -> None:
    keep(database, 1, T0, 0.5)
    assert roll(database, LATER) == 1
    keep(database, 2, T0 + 60, 0.7)
    assert roll(database, LATER) == 1
    assert rollups(database)[HOUR, T0] == {"memory": Spread(0.5, 0.7, 1.2, 2)}


def test_one_transaction_takes_a_bounded_number_of_all_agents_together(database: Database) -> None:
    for seq in range(1, MOST_AT_ONCE + 11):
        keep(database, seq, T0 + seq, 0.5, "a" if seq % 2 else "b")
    assert roll(database, LATER, "a", "b") == MOST_AT_ONCE
    assert roll(database, LATER, "a", "b") == 10
    assert whole(database) == []


def test_hours_go_after_five_weeks_and_days_stay(database: Database) -> None:
    keep(database, 1, T0, 0.5)
    roll(database, LATER)
    keep(database, 2, T0 + HOURS_KEPT, 0.5)
    roll(database, T0 + HOURS_KEPT + LATER - T0)
    assert set(rollups(database)) == {(HOUR, T0 + HOURS_KEPT), (DAY, T0), (DAY, T0 + HOURS_KEPT)}


def test_a_rollup_that_is_cut_short_changes_nothing(database: Database) -> None:
    keep(database, 1, T0, 0.5)
    with pytest.raises(KeyError), database.writing.begin() as connection:
        roll_up(connection, ("a",), LATER, lambda _: True)
        raise KeyError
    assert whole(database) == [1]
    assert rollups(database) == {}


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=20), st.data())
def test_spreads_are_the_same_however_numbers_are_grouped(numbers: list[float], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(numbers) - 1))

    def spread(some: list[float]) -> Spread:
        first, *rest = (Spread(one, one, one, 1) for one in some)
        for one in rest:
            first = first.and_(one)
        return first

    together = spread(numbers[:cut]).and_(spread(numbers[cut:]))
    assert (together.least, together.greatest, together.count) == (min(numbers), max(numbers), len(numbers))
    assert together.mean == pytest.approx(sum(numbers) / len(numbers), abs=1e-6)


def test_many_check_ins_are_read_evenly_and_the_newest_is_among_them(database: Database) -> None:
    for seq in range(1, 101):
        keep(database, seq, T0 + 60 * seq, 0.5)
    history = History(database.reading)
    assert [one.seq for one in history.check_ins("a", 1, 200)] == list(range(1, 101))
    some = [one.seq for one in history.check_ins("a", 1, 10)]
    assert some[-1] == 100
    assert len(some) <= 11
    assert {b - a for a, b in pairwise(some)} == {10}
    assert history.check_ins("a", 2, 10) == []
    assert history.rolled_up("a", HOUR, 0, LATER) == []
