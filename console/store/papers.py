"""Records that people write: added once each, whatever is imported twice, and never edited."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.dialects import sqlite

from checks.reading import Instant
from console.store import schema

ADD = sqlite.insert(schema.papers).on_conflict_do_nothing(index_elements=["sha256"])


class Paper(Struct, frozen=True):
    """One record, as it was written: `body` is one line of JSON."""

    client: str
    kind: str
    name: str
    """What tells it from others of its kind: its id, or whom and what it is about."""
    recorded_at: Instant
    recorded_by: str
    sha256: str
    body: str


def row_of(paper: Paper) -> dict[str, object]:
    """A record as a row of its table."""
    return {name: getattr(paper, name) for name in Paper.__struct_fields__}


def written(fields: Mapping[str, object], at: Instant) -> Paper:
    """A record that the console itself writes, with a client, a kind and an id among its fields."""
    body = json.dumps(dict(fields), ensure_ascii=False)
    digest = hashlib.sha256(body.encode()).hexdigest()
    return Paper(str(fields["client"]), str(fields["kind"]), str(fields["id"]), at, "", digest, body)


def add(connection: Connection, papers: Sequence[Paper]) -> int:
    """Add those that are not there yet; how many were new."""
    rows = [row_of(paper) for paper in papers]
    if not rows:
        return 0
    before = _count(connection)
    connection.execute(ADD, rows)
    return _count(connection) - before


def papers(
    engine: Engine,
    client: str,
    kinds: Collection[str] | None = None,
    but: Collection[str] = (),
    until: Instant | None = None,
) -> list[Paper]:
    """A client's records, of these kinds or of all but some, as they came; of one kind and name, the latest alone.

    With `until` as things stood at that instant: of what had been recorded by then.
    """
    table = schema.papers
    wanted = select(table).where(table.c.client == client, table.c.kind.not_in(but))
    if kinds is not None:
        wanted = wanted.where(table.c.kind.in_(kinds))
    if until is not None:
        wanted = wanted.where(table.c.recorded_at <= until)
    with engine.connect() as connection:
        rows = connection.execute(wanted.order_by(table.c.id)).mappings()
        latest = {(row["kind"], row["name"]): row for row in rows}
    return [Paper(**{name: row[name] for name in Paper.__struct_fields__}) for row in latest.values()]


def digests(engine: Engine, clients: Collection[str]) -> set[str]:
    """The digests of every record of these clients, also of those that do not hold any more."""
    with engine.connect() as connection:
        found = select(schema.papers.c.sha256).where(schema.papers.c.client.in_(clients))
        return set(connection.execute(found).scalars())


def newest(engine: Engine, client: str) -> str:
    """The digest of a client's last record, "" where it has none."""
    mine = schema.papers.c.client == client
    wanted = select(schema.papers.c.sha256).where(mine).order_by(schema.papers.c.id.desc()).limit(1)
    with engine.connect() as connection:
        return connection.execute(wanted).scalar_one_or_none() or ""


def _count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(schema.papers)).scalar_one()
