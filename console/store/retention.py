"""Lets raw check-ins go after 48 hours; what stays is the least, mean and greatest of each number, by hour and by day.

Changes and events are kept for ever and are not touched here. Days are kept for ever, hours for five weeks.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, delete, select, tuple_
from sqlalchemy.dialects import sqlite

from checks.reading import CheckIn, CheckName, Instant
from checks.wire import decode_check_in
from console.store import schema
from console.store.standing import key_of

RAW_SECONDS = 48 * 3600
HOUR, DAY = 3600, 86_400
HOURS_KEPT = 35 * DAY
MOST_AT_ONCE = 250
"""Check-ins rolled up in one transaction: acknowledgements wait for tens of milliseconds, not for seconds."""


class Spread(Struct, frozen=True, array_like=True):
    """What is left of the numbers of one check and subject over a span."""

    least: float
    greatest: float
    total: float
    count: int

    @property
    def mean(self) -> float:
        """The arithmetic mean of the numbers."""
        return self.total / self.count

    def and_(self, other: Spread) -> Spread:
        """Both together."""
        least, greatest = min(self.least, other.least), max(self.greatest, other.greatest)
        return Spread(least, greatest, self.total + other.total, self.count + other.count)


Spreads = dict[str, Spread]
"""By `check subject`."""
_BODY = msgspec.msgpack.Decoder(Spreads)
_put = sqlite.insert(schema.rollups)
_PUT = _put.on_conflict_do_update(index_elements=["agent", "span", "start"], set_={"body": _put.excluded.body})


def decoded(body: bytes) -> Spreads:
    """A rollup as it was written."""
    return _BODY.decode(body)


def digest_kept(connection: Connection, agent: str, ordinal: int, seq: int) -> str | None:
    """The sha256 under which a check-in was kept, None where it was not or has been let go."""
    table = schema.checkins.c
    mine = (table.agent == agent) & (table.ordinal == ordinal) & (table.seq == seq)
    found = connection.execute(select(table.sha256).where(mine)).scalar()
    return None if found is None else bytes(found).hex()


def roll_up(connection: Connection, agents: Iterable[str], now: Instant, is_kept: Callable[[CheckName], bool]) -> int:
    """Roll up check-ins older than RAW_SECONDS, oldest first, MOST_AT_ONCE at most; how many were."""
    done = 0
    for agent in agents:
        done += _roll_agent(connection, agent, now, is_kept, MOST_AT_ONCE - done)
        if done == MOST_AT_ONCE:
            break
    return done


def _roll_agent(
    connection: Connection, agent: str, now: Instant, is_kept: Callable[[CheckName], bool], most: int
) -> int:
    table = schema.checkins.c
    oldest = select(table.ordinal, table.seq, table.taken_at, table.body).where(table.agent == agent)
    found = connection.execute(oldest.order_by(table.ordinal, table.seq).limit(most)).all()
    old = [row for row in found if row.taken_at < now - RAW_SECONDS]
    if not old:
        return 0
    spans: dict[tuple[int, Instant], Spreads] = {}
    for row in old:
        numbers = dict(_numbers(decode_check_in(zlib.decompress(row.body)), is_kept))
        for span in (HOUR, DAY):
            merge(spans.setdefault((span, row.taken_at // span * span), {}), numbers)
    add(connection, agent, spans)
    gone = [(row.ordinal, row.seq) for row in old]
    connection.execute(delete(schema.checkins).where(table.agent == agent, tuple_(table.ordinal, table.seq).in_(gone)))
    rollup = schema.rollups.c
    stale = (rollup.agent == agent, rollup.span == HOUR, rollup.start < now - HOURS_KEPT)
    connection.execute(delete(schema.rollups).where(*stale))
    return len(old)


def _numbers(check_in: CheckIn, is_kept: Callable[[CheckName], bool]) -> Iterator[tuple[str, Spread]]:
    for one in check_in.readings:
        if one.value is not None and is_kept(one.check):
            yield key_of(one.check, one.subject), Spread(one.value, one.value, one.value, 1)


def merge(into: Spreads, more: Spreads) -> None:
    """Add the numbers of `more` to those of `into`."""
    for key, spread in more.items():
        into[key] = into[key].and_(spread) if key in into else spread


def add(connection: Connection, agent: str, spans: dict[tuple[int, Instant], Spreads]) -> None:
    """Add what is left of numbers, by (span, start).

    Late check-ins may belong to an hour that is rolled up already: both are kept, together.
    """
    rollup = schema.rollups.c
    there = select(rollup.span, rollup.start, rollup.body).where(
        rollup.agent == agent, tuple_(rollup.span, rollup.start).in_(list(spans))
    )
    for row in connection.execute(there):
        merge(spans[row.span, row.start], decoded(row.body))
    connection.execute(
        _PUT,
        [
            {"agent": agent, "span": span, "start": start, "body": msgspec.msgpack.encode(body)}
            for (span, start), body in spans.items()
        ],
    )
