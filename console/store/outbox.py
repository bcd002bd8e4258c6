"""Notices and letters that wait to leave the house, and what came of them.

A notice is written with the event that it tells of; letters are made of it in one transaction that settles it, each
under a key that is told only once. So a crash between loses nothing and doubles nothing here; a server that took a
letter and died before it said so gets it again, with the same Message-ID.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import msgspec
from msgspec import Struct, structs
from sqlalchemy import Connection, Engine, Row, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DatabaseError
from sqlalchemy.sql import ColumnElement

from checks.reading import Instant
from console.letters.letter import Letter, Posting
from console.store import schema

NOTICE, LETTER = "notice", "letter"
_LETTER = msgspec.msgpack.Decoder(Letter)
_T = schema.outbox.c
ADD = sqlite.insert(schema.outbox).on_conflict_do_nothing(index_elements=["key"])
"""What is there already is not told again."""


class CannotRead(Exception):
    """The outbox could not be read: says why. Trying again later may help."""


class Notice(Struct, frozen=True):
    """Something happened to an incident that somebody should hear of."""

    incident: int
    event: int
    """How many events it had with this one; 0 is its opening."""


class Waiting(Struct, frozen=True):
    """A letter, and how it stands."""

    id: int
    key: str
    client: str
    person: str
    written_at: Instant
    due_at: Instant
    tries: int
    letter: Letter
    tried_at: Instant | None = None
    sent_at: Instant | None = None
    given_up_at: Instant | None = None
    told_in: int | None = None
    why: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether it has still to leave."""
        return self.sent_at is None and self.given_up_at is None


def notice_row(incident: int, event: int, client: str, at: Instant) -> dict[str, object]:
    """The row for a notice."""
    body = msgspec.msgpack.encode(Notice(incident, event))
    return _row(f"notice {incident} {event}", (client, NOTICE, ""), (at, at), body)


def letter_row(posting: Posting, now: Instant) -> dict[str, object]:
    """The row for a letter."""
    one = posting.letter
    body = msgspec.msgpack.encode(one)
    return _row(posting.key, (one.client, LETTER, one.person or one.account), (now, posting.due_at), body)


def notices(engine: Engine, most: int) -> list[tuple[int, Instant, Notice]]:
    """The oldest notices that no letters were made of yet, each with its id and when it was written."""
    found = select(schema.outbox).where(_T.kind == NOTICE, _T.sent_at.is_(None)).order_by(_T.id).limit(most)
    with _reading(engine) as connection:
        rows = connection.execute(found).all()
    return [(row.id, row.written_at, msgspec.msgpack.decode(row.body, type=Notice)) for row in rows]


def put(connection: Connection, letters: Sequence[Posting], now: Instant, settled: Sequence[int] = ()) -> None:
    """Write letters, and settle the notices that they were made of: both or neither."""
    if letters:
        connection.execute(ADD, [letter_row(one, now) for one in letters])
    if settled:
        connection.execute(update(schema.outbox).where(_T.id.in_(settled)).values(sent_at=now))


def due(engine: Engine, now: Instant, most: int) -> list[Waiting]:
    """Letters that may leave now, the oldest first."""
    ready = (_T.sent_at.is_(None), _T.given_up_at.is_(None), _T.due_at <= now)
    return _read(engine, *ready, most=most)


def told(engine: Engine, prefix: str) -> list[Waiting]:
    """Letters whose key begins so."""
    return _read(engine, _T.key >= prefix, _T.key < prefix + "\U0010ffff")


def by_keys(engine: Engine, keys: Iterable[str]) -> dict[str, Waiting]:
    """Letters by their keys."""
    return {one.key: one for one in _read(engine, _T.key.in_(list(keys)))}


def by_id(engine: Engine, number: int) -> Waiting | None:
    """One letter."""
    return next(iter(_read(engine, _T.id == number)), None)


def sent_since(engine: Engine, since: Instant) -> dict[str, list[Instant]]:
    """When each person was told something since then; what was folded counts once, as what it was folded into."""
    found = select(_T.person, _T.sent_at).where(_T.kind == LETTER, _T.sent_at > since, _T.told_in.is_(None))
    times: dict[str, list[Instant]] = {}
    with _reading(engine) as connection:
        for row in connection.execute(found.where(_T.person != "").order_by(_T.sent_at)):
            times.setdefault(row.person, []).append(row.sent_at)
    return times


def standing(engine: Engine, most: int) -> list[Waiting]:
    """What waits and what was given up, and of what was sent the newest, newest first."""
    found = select(schema.outbox).where(_T.kind == LETTER, _T.sent_at.is_not(None))
    with _reading(engine) as connection:
        sent = [_waiting(row) for row in connection.execute(found.order_by(_T.id.desc()).limit(most))]
    return sorted([*unsent(engine, most), *sent], key=lambda one: -one.id)


def unsent(engine: Engine, most: int) -> list[Waiting]:
    """What waits and what was given up, newest first."""
    found = select(schema.outbox).where(_T.kind == LETTER, _T.sent_at.is_(None)).order_by(_T.id.desc()).limit(most)
    with _reading(engine) as connection:
        return [_waiting(row) for row in connection.execute(found)]


def settle(connection: Connection, letters: Sequence[Waiting]) -> None:
    """Write down how letters stand now."""
    for one in letters:
        changed = {
            name: getattr(one, name) for name in ("due_at", "tries", "tried_at", "sent_at", "given_up_at", "why")
        }
        connection.execute(update(schema.outbox).where(_T.id == one.id).values(**changed))


def fold(connection: Connection, posting: Posting, folded: Sequence[Waiting], now: Instant) -> None:
    """Let one letter tell what several would have told: both or neither."""
    put(connection, [posting], now)
    number = connection.execute(select(_T.id).where(_T.key == posting.key)).scalar_one()
    ids = [one.id for one in folded]
    values = {"sent_at": now, "told_in": number, "why": f"told in #{number}"}
    connection.execute(update(schema.outbox).where(_T.id.in_(ids)).values(**values))


def _read(engine: Engine, *wanted: ColumnElement[bool], most: int = 1000) -> list[Waiting]:
    found = select(schema.outbox).where(_T.kind == LETTER, *wanted).order_by(_T.due_at, _T.id).limit(most)
    with _reading(engine) as connection:
        return [_waiting(row) for row in connection.execute(found)]


@contextmanager
def _reading(engine: Engine) -> Iterator[Connection]:
    try:
        with engine.connect() as connection:
            yield connection
    except DatabaseError as error:
        raise CannotRead(f"the outbox cannot be read: {error.orig}") from error


def _waiting(row: Row[tuple[object, ...]]) -> Waiting:
    fields = {name: getattr(row, name) for name in Waiting.__struct_fields__ if name != "letter"}
    return Waiting(**fields, letter=_LETTER.decode(row.body))


def _row(key: str, whose: tuple[str, str, str], times: tuple[Instant, Instant], body: bytes) -> dict[str, object]:
    client, kind, person = whose
    written_at, due_at = times
    fresh = {"tries": 0, "tried_at": None, "sent_at": None, "given_up_at": None, "told_in": None, "why": ""}
    row = {"key": key, "client": client, "kind": kind, "person": person, "written_at": written_at, "due_at": due_at}
    return {**row, "body": body, **fresh}


def again(one: Waiting, now: Instant) -> Waiting:
    """The letter as if it had never been tried."""
    return structs.replace(one, due_at=now, tries=0, given_up_at=None, why="")
