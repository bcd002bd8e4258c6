"""Frozen weeks: written once, all of a week or nothing, and read for ever as they were written."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Engine, Integer, func, insert, literal_column, select

from checks.reading import Instant
from console.store import schema

_PLACE = literal_column("weeks.rowid", Integer)
"""In which order weeks were frozen: they are never deleted, and two may be frozen within a second."""


class AlreadyFrozen(Exception):
    """Somebody froze this week before: says who, and when."""

    def __init__(self, by: str, at: Instant) -> None:
        super().__init__(f"frozen by {by}")
        self.by = by
        self.at = at


class FrozenWeek(Struct, frozen=True):
    """One frozen week: `body` is its value as JSON, `sha256` the digest of that."""

    client: str
    week: str
    frozen_at: Instant
    frozen_by: str
    sha256: str
    inputs_sha256: str
    revision: str
    formula: str
    body: bytes


class WeekPage(Struct, frozen=True):
    """A frozen week as it was printed in one form for one reader (`client` or `owner`)."""

    reader: str
    form: str
    body: bytes


def freeze(connection: Connection, week: FrozenWeek, pages: Sequence[WeekPage]) -> None:
    """Write a week and its pages, once. Raises AlreadyFrozen."""
    table = schema.weeks.c
    mine = select(table.frozen_by, table.frozen_at).where(table.client == week.client, table.week == week.week)
    if (there := connection.execute(mine).first()) is not None:
        raise AlreadyFrozen(there.frozen_by, there.frozen_at)
    connection.execute(insert(schema.weeks), [{name: getattr(week, name) for name in FrozenWeek.__struct_fields__}])
    rows = [
        {"client": week.client, "week": week.week, "reader": one.reader, "form": one.form, "body": one.body}
        for one in pages
    ]
    if rows:
        connection.execute(insert(schema.week_pages), rows)


class Weeks:
    """Reads frozen weeks. A week's name sorts as time does."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def frozen(self, client: str, week: str) -> FrozenWeek | None:
        """One week; None where it is not frozen."""
        found = select(schema.weeks).where(schema.weeks.c.client == client, schema.weeks.c.week == week)
        with self._engine.connect() as connection:
            row = connection.execute(found).mappings().first()
        return None if row is None else FrozenWeek(**{name: row[name] for name in FrozenWeek.__struct_fields__})

    def latest(self, client: str, most: int, before: str = "9999-W99") -> list[FrozenWeek]:
        """The latest weeks before one, the latest last."""
        return self._earlier(client, most, before)

    def known_to(self, client: str, most: int, week: str) -> list[FrozenWeek]:
        """The same of a week that may be frozen itself: those that were so when it was, whatever was since."""
        table = schema.weeks.c
        mine = select(_PLACE).where(table.client == client, table.week == week)
        with self._engine.connect() as connection:
            place = connection.execute(mine).scalar_one_or_none()
        return self._earlier(client, most, week, () if place is None else (place > _PLACE,))

    def _earlier(
        self, client: str, most: int, before: str, also: Sequence[ColumnElement[bool]] = ()
    ) -> list[FrozenWeek]:
        table = schema.weeks.c
        found = select(schema.weeks).where(table.client == client, table.week < before, *also)
        with self._engine.connect() as connection:
            rows = connection.execute(found.order_by(table.week.desc()).limit(most)).mappings().all()
        return [FrozenWeek(**{name: row[name] for name in FrozenWeek.__struct_fields__}) for row in reversed(rows)]

    def page(self, client: str, week: str, reader: str, form: str) -> bytes | None:
        """What was printed then, to the byte; None where it was not."""
        table = schema.week_pages.c
        mine = (table.client == client) & (table.week == week) & (table.reader == reader) & (table.form == form)
        with self._engine.connect() as connection:
            return connection.execute(select(table.body).where(mine)).scalar_one_or_none()

    def marks(self, client: str, agents: Sequence[str]) -> tuple[int, ...]:
        """Where a client's record ends: as long as these stay, nothing has come to it since."""
        asked = (
            select(func.max(schema.papers.c.id)).where(schema.papers.c.client == client),
            select(func.max(schema.changes.c.id)).where(schema.changes.c.client == client),
            select(func.count()).select_from(schema.silences).where(schema.silences.c.agent.in_(agents)),
            select(func.count()).select_from(schema.sights).where(schema.sights.c.agent.in_(agents)),
            select(func.count()).select_from(schema.stood).where(schema.stood.c.agent.in_(agents)),
            select(func.max(schema.events.c.id))
            .join(schema.incidents, schema.incidents.c.incident == schema.events.c.incident)
            .where(schema.incidents.c.client == client),
        )
        with self._engine.connect() as connection:
            return tuple(connection.execute(one).scalar() or 0 for one in asked)
