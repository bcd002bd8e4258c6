"""What of a look must outlive it, because no change tells it and a past week is made of it.

The copies that agents saw (K8, K9), since when each was the newest and when nobody could look; and what was seen last
of a host before a week ended, in its numbers and words. Both are written by the check-in that shows something else.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from checks.check import Check
from checks.reading import CheckName, Instant, Reading
from console.operating_model.entities import Client
from console.service_levels.weeks import IsoWeek
from console.store.standing import AgentState, Held

_UTC = ZoneInfo("UTC")
_READINGS = msgspec.json.Decoder(tuple[Reading, ...])


class Sight(Struct, frozen=True):
    """From `at` on, this copy was seen as the newest of one backup; None where there was none, or nobody could look."""

    agent: str
    check: str
    subject: str
    at: Instant
    is_seen: bool
    made: Instant | None = None
    looked: Instant | None = None
    """The last look that saw what was before; None where nothing was seen."""


class Stood(Struct, frozen=True):
    """What was seen last of a host before a week of its client ended: it stood so in `[taken_at, until)`."""

    agent: str
    taken_at: Instant
    until: Instant
    """The next look, which saw the host again."""
    body: bytes


def sights(
    state: AgentState, held: Mapping[str, Held], at: Instant, checks: Mapping[CheckName, Check]
) -> Iterator[Sight]:
    """Where the evidence of a check-in, in place of what stood, shows other copies than before."""
    before = state.held
    for key in held.keys() | before.keys():
        one = held.get(key) or before[key]
        if one.check in checks and checks[one.check].tells_copies:
            was, now = _newest(before.get(key)), _newest(held.get(key))
            if was != now:
                seen_at = held[key].seen.taken_at if now[0] else at
                looked = before[key].seen.taken_at if was[0] else None
                yield Sight(state.agent, one.check, one.seen.subject, seen_at, *now, looked)


def _newest(one: Held | None) -> tuple[bool, Instant | None]:
    if one is None or one.reading is None:
        return False, None
    return True, None if one.reading.value is None else int(one.reading.value)


def stood(state: AgentState, at: Instant, client: Client | None) -> Stood | None:
    """How a host stood before a look at `at`, where that look is the first one of a week; None where it is not."""
    if state.taken_at is None or not _is_other_week(state.taken_at, at, client):
        return None
    seen = tuple(one.reading for one in state.held.values() if one.reading is not None)
    return Stood(state.agent, state.taken_at, at, zlib.compress(msgspec.json.encode(seen), 6))


def readings(body: bytes) -> tuple[Reading, ...]:
    """What was seen of a host, as it was written."""
    return _READINGS.decode(zlib.decompress(body))


def _is_other_week(one: Instant, other: Instant, client: Client | None) -> bool:
    zone, starts = (client.zone, client.week_starts) if client else (_UTC, 0)
    return IsoWeek.of(one, zone, starts) != IsoWeek.of(other, zone, starts)
