"""Reads the record back: changes, silences, numbers over time, incidents of a week. Short, read-only reads."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from sqlalchemy import Engine, Row, func, select
from sqlalchemy.sql import Select

from checks.finding import Status
from checks.reading import CheckIn, Instant, Reading
from checks.wire import decode_check_in
from console.incidents.events import Incident, Opening
from console.operating_model.records import read
from console.operating_model.schema.records import RecordDoc
from console.store import papers, schema
from console.store.casebook import read_incidents
from console.store.outliving import Sight, readings
from console.store.retention import Spreads, decoded
from console.store.standing import Change, Turn

Interval = tuple[Instant, Instant]
_OPENING = msgspec.json.Decoder(Opening)


def _about(opening: Opening) -> tuple[str, str]:
    return opening.host, opening.check


class History:
    """What happened, as it was written down."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def changes_of_agents(self, agents: Sequence[str], start: Instant, end: Instant) -> list[Change]:
        """Changes of these agents' findings in `[start, end)`, in the order in which they happened."""
        table = schema.changes.c
        found = select(*_CHANGE).where(table.agent.in_(agents), table.at >= start, table.at < end)
        return [_change(row) for row in self._rows(found.order_by(table.at, table.id))]

    def turns_of_agents(self, agents: Sequence[str], start: Instant, end: Instant) -> list[Turn]:
        """The same changes, without their numbers and words."""
        table = schema.changes.c
        found = select(*_TURN).where(table.agent.in_(agents), table.at >= start, table.at < end)
        return [_turn(row) for row in self._rows(found.order_by(table.at, table.id))]

    def seen_between(self, agents: Sequence[str], start: Instant, end: Instant) -> set[tuple[str, str]]:
        """Check and host of every finding that came to be known in `[start, end)`."""
        table = schema.changes.c
        known = table.agent.in_(agents) & (table.status != Status.UNKNOWN.value)
        found = select(table.check, table.host).where(known, table.at >= start, table.at < end)
        return {(row.check, row.host) for row in self._rows(found.distinct())}

    def standing_at(self, agents: Sequence[str], at: Instant) -> list[Change]:
        """The change that left each finding as it stood just before `at`: the newest one of each."""
        table = schema.changes.c
        newest = (
            select(func.max(table.id).label("id"))
            .where(table.agent.in_(agents), table.at < at)
            .group_by(table.agent, table.check, table.subject)
            .subquery()
        )
        return [_change(row) for row in self._rows(select(*_CHANGE).join(newest, table.id == newest.c.id))]

    def silences(self, client: str, start: Instant, end: Instant) -> dict[str, list[Interval]]:
        """Closed stretches without evidence that touch `[start, end)`, of each agent of a client."""
        table, agents = schema.silences.c, schema.agents.c
        mine = select(agents.agent).where(agents.client == client)
        found = select(table.agent, table.start, table.end)
        touching = found.where(table.agent.in_(mine), table.start < end, table.end > start)
        silent: dict[str, list[Interval]] = {}
        for row in self._rows(touching.order_by(table.start)):
            silent.setdefault(row.agent, []).append((row.start, row.end))
        return silent

    def came_late(self, agent: str, end: Instant, after: Instant) -> Instant | None:
        """When the first change happened that is older than `end` and was recorded only after an instant."""
        table = schema.changes.c
        late = (table.agent == agent) & (table.at < end) & (table.recorded_at > after)
        (row,) = self._rows(select(func.min(table.at).label("first")).where(late))
        first: Instant | None = row.first
        return first

    def check_ins(self, agent: str, ordinal: int, most: int) -> list[CheckIn]:
        """Check-ins of one spool that are still whole, oldest first: all of them, or about `most` evenly spread."""
        table = schema.checkins.c
        mine = (table.agent == agent) & (table.ordinal == ordinal)
        (ends,) = self._rows(select(func.min(table.seq).label("first"), func.max(table.seq).label("last")).where(mine))
        step = ((ends.last or 0) - (ends.first or 0)) // most + 1
        found = select(table.body).where(mine, (ends.last - table.seq) % step == 0) if ends.last else None
        rows = () if found is None else self._rows(found.order_by(table.seq))
        return [decode_check_in(zlib.decompress(row.body)) for row in rows]

    def last_looks(self, agents: Sequence[str], before: Instant) -> dict[str, CheckIn]:
        """By agent, the newest check-in taken before an instant that is still whole."""
        table = schema.checkins.c
        newest = (
            select(table.agent, func.max(table.taken_at).label("taken_at"))
            .where(table.agent.in_(agents), table.taken_at < before)
            .group_by(table.agent)
            .subquery()
        )
        last = (table.agent == newest.c.agent) & (table.taken_at == newest.c.taken_at)
        rows = self._rows(select(table.agent, table.body).join(newest, last))
        return {row.agent: decode_check_in(zlib.decompress(row.body)) for row in rows}

    def stood_at(self, agents: Sequence[str], at: Instant) -> dict[str, tuple[Reading, ...]]:
        """By agent, what was seen last of its host before an instant, where that was the end of a week."""
        table = schema.stood.c
        found = select(table.agent, table.body).where(table.agent.in_(agents), table.taken_at < at, table.until >= at)
        return {row.agent: readings(row.body) for row in self._rows(found.order_by(table.taken_at))}

    def sights(self, agents: Sequence[str], start: Instant, end: Instant) -> list[Sight]:
        """Which copies were seen as the newest in `[start, end)`, those that were so when it began included."""
        table = schema.sights.c
        mine = table.agent.in_(agents)
        place = (table.agent, table.check, table.subject)
        first = select(*place, func.max(table.at).label("at")).where(mine, table.at <= start).group_by(*place)
        begun = {(row.agent, row.check, row.subject, row.at) for row in self._rows(first)}
        since = min((at for *_, at in begun), default=start)
        found = select(*_SIGHT).where(mine, table.at >= since, table.at < end)
        rows = (_sight(row) for row in self._rows(found.order_by(*place, table.at)))
        return [one for one in rows if one.at > start or (one.agent, one.check, one.subject, one.at) in begun]

    def rolled_up(self, agent: str, span: int, start: Instant, end: Instant) -> list[tuple[Instant, Spreads]]:
        """What is left of check-ins that were let go: the spreads of each span that begins in `[start, end)`."""
        table = schema.rollups.c
        found = select(table.start, table.body).where(
            table.agent == agent, table.span == span, table.start >= start, table.start < end
        )
        return [(row.start, decoded(row.body)) for row in self._rows(found.order_by(table.start))]

    def incidents_touching(self, client: str, start: Instant, end: Instant) -> list[Incident]:
        """A client's incidents that were detected, or still open, in `[start, end)`, folded."""
        table = schema.incidents.c
        touching = (table.detected_at < end) & (table.ended_at.is_(None) | (table.ended_at >= start))
        found = select(table.incident).where(table.client == client, touching).order_by(table.detected_at)
        numbers = [row.incident for row in self._rows(found)]
        with self._engine.connect() as connection:
            return list(read_incidents(connection, numbers))

    def incident(self, number: int) -> Incident | None:
        """One incident, folded; None where there is none."""
        with self._engine.connect() as connection:
            return next(read_incidents(connection, [number]), None)

    def earlier(self, opening: Opening, since: Instant) -> list[Incident]:
        """Incidents about the same check of a host that began in `[since, its detection)` and ended, oldest first."""
        table = schema.incidents.c
        ended = table.ended_at.is_not(None) & (table.detected_at >= since) & (table.detected_at < opening.detected_at)
        rows = self._rows(select(table.incident, table.opening).where(table.client == opening.client, ended))
        found = [row.incident for row in rows if _about(_OPENING.decode(row.opening)) == _about(opening)]
        with self._engine.connect() as connection:
            return sorted(read_incidents(connection, found), key=lambda one: one.opening.detected_at) if found else []

    def suppressed(self, client: str, since: Instant) -> Sequence[Row[tuple[object, ...]]]:
        """What alarmed nobody for a while, of what ended since then, the newest first."""
        table = schema.suppressed
        found = select(table).where(table.c.client == client, table.c.until >= since)
        return self._rows(found.order_by(table.c.id.desc()))

    def digests(self, clients: Collection[str]) -> set[str]:
        """The digests of every record of these clients."""
        return papers.digests(self._engine, clients)

    def records(self, client: str, *kinds: str) -> list[RecordDoc]:
        """A client's records of these kinds that hold."""
        return read(paper.body for paper in papers.papers(self._engine, client, kinds))

    def _rows(self, question: Select[tuple[object, ...]]) -> Sequence[Row[tuple[object, ...]]]:
        with self._engine.connect() as connection:
            return connection.execute(question).all()


_CHANGE = tuple(schema.changes.c[name] for name in Change.__struct_fields__)
_TURN = tuple(schema.changes.c[name] for name in Turn.__struct_fields__)
_SIGHT = tuple(schema.sights.c[name] for name in Sight.__struct_fields__)
_STATUS = {one.value: one for one in Status}


def _sight(row: Row[Any]) -> Sight:
    agent, check, subject, at, is_seen, *rest = tuple(row)
    return Sight(agent, check, subject, at, bool(is_seen), *rest)


def _turn(row: Row[Any]) -> Turn:
    client, host, check, subject, status, at = tuple(row)
    return Turn(client, host, check, subject, _STATUS[status], at)


def _change(row: Row[Any]) -> Change:
    """A row of `_CHANGE`: ten thousand of them make a week, so its columns are taken by their place."""
    agent, client, host, check, subject, was, status, *rest = tuple(row)
    return Change(agent, client, host, check, subject, _STATUS[was], _STATUS[status], *rest)
