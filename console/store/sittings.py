"""When each person was at the desk: what "since you left" counts from. Losing it costs a day's news, no more."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, select
from sqlalchemy.dialects import sqlite

from checks.reading import Instant
from console.store import schema
from console.store.writer import Writer

AWAY_AFTER = 1800
"""Seconds without a key after which somebody has left."""
_WRITE_EVERY = 300
_add = sqlite.insert(schema.sittings)
_PUT = _add.on_conflict_do_update(
    index_elements=["login"], set_={"left_at": _add.excluded.left_at, "last_at": _add.excluded.last_at}
)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One person's present sitting: when they left before it, and when they last touched a key in it."""

    left_at: Instant | None
    last_at: Instant


@dataclass(slots=True)
class Sittings:
    """Everybody's, in memory and written through, a few rows an hour."""

    reading: Engine
    writer: Writer
    _known: dict[str, Sitting] = field(default_factory=dict)
    _written: dict[str, Sitting] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with self.reading.connect() as connection:
            found = connection.execute(select(schema.sittings))
            self._known = {row.login: Sitting(row.left_at, row.last_at) for row in found}
        self._written = dict(self._known)

    def touched(self, login: str, at: Instant) -> None:
        """A person pressed a key at an instant. One that is older than what is known says nothing."""
        before = self._known.get(login)
        if before is not None and at <= before.last_at:
            return
        if before is None:
            mine = Sitting(None, at)
        elif at - before.last_at >= AWAY_AFTER:
            mine = Sitting(before.last_at, at)
        else:
            mine = Sitting(before.left_at, at)
        self._known[login] = mine
        written = self._written.get(login)
        if written is None or written.left_at != mine.left_at or at - written.last_at >= _WRITE_EVERY:
            self._written[login] = mine
            self.writer.do(lambda connection: _put(connection, login, mine))

    def left_at(self, login: str) -> Instant | None:
        """When a person left before they came back; None where they were never here before."""
        found = self._known.get(login)
        return found.left_at if found else None


def _put(connection: Connection, login: str, mine: Sitting) -> None:
    connection.execute(_PUT, {"login": login, "left_at": mine.left_at, "last_at": mine.last_at})
