"""The audit log's table: who did what to what. Rows are only added, each with the digest of the one before it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path

from msgspec import Struct, structs
from sqlalchemy import Connection, Engine, insert, select

from checks.reading import Instant
from checks.text import clean
from console.store import schema
from console.store.chain import GENESIS, SEALED, digest
from console.store.database import UNREADABLE, only_read

LONGEST = 500
"""Characters of one text of a row."""
NOBODY = -1
"""The uid of what no account of this machine did: an agent, the daemon's own clock."""
_READ = f"select {', '.join(SEALED)}, sha256 from audit order by number"  # noqa: S608 - our own column names


class Entry(Struct, frozen=True, kw_only=True):
    """One thing that somebody did, or was refused."""

    at: Instant
    uid: int
    login: str
    behind: str = ""
    """The account with which they had logged in to the machine, where it is another one."""
    action: str
    client: str = ""
    """Whose it is; "" what is the house's."""
    about: str = ""
    outcome: str = "done"
    """`done` or `refused`."""
    why: str = ""
    before: str = ""
    """SHA-256 of what it was about as that stood before, and `after`; "" where there was nothing."""
    after: str = ""


class Row(Entry, frozen=True, kw_only=True):
    """An entry in its place in the chain."""

    number: int
    previous: str
    sha256: str


def add(connection: Connection, entry: Entry) -> Row:
    """Write an entry behind the last row, in the transaction of whatever it tells of."""
    last = connection.execute(select(schema.audit).order_by(schema.audit.c.number.desc()).limit(1)).mappings().first()
    fields = structs.asdict(entry)
    fields |= {name: clean(fields[name], LONGEST) for name in ("login", "behind", "action", "client", "about", "why")}
    fields |= {"number": last["number"] + 1 if last else 1, "previous": last["sha256"] if last else GENESIS}
    fields["sha256"] = digest([fields[name] for name in SEALED])
    connection.execute(insert(schema.audit).values(**fields))
    return Row(**fields)


def latest(reading: Engine, most: int, *, action: str = "", clients: Collection[str] | None = None) -> list[Row]:
    """The newest rows, the newest first; of one action, or of these clients, where they are named."""
    wanted = select(schema.audit).order_by(schema.audit.c.number.desc()).limit(most)
    wanted = wanted.where(schema.audit.c.action == action) if action else wanted
    wanted = wanted if clients is None else wanted.where(schema.audit.c.client.in_(clients))
    with reading.connect() as connection:
        return [Row(**row) for row in connection.execute(wanted).mappings()]


def raw_rows(database: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    """Every row as it lies there, whatever was done to it: SEALED, then its digest."""
    yield from database.execute(_READ)


def head_of(path: Path) -> tuple[int, str]:
    """The last row's number in a database's file, and its digest; (0, "") where that cannot be read."""
    try:
        with closing(only_read(path)) as database:
            last = database.execute("select number, sha256 from audit order by number desc limit 1").fetchone()
            return (int(last[0]), str(last[1])) if last else (0, GENESIS)
    except UNREADABLE:
        return 0, ""
