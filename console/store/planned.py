"""Maintenance as the record has it now: read again only after a record came, and expanded once for each hour."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Engine, func, select

from checks.reading import Instant
from console.incidents.holding import covering
from console.operating_model.entities import Client
from console.operating_model.records import read
from console.operating_model.schema.records import RecordDoc
from console.service_levels.windows import Window, windows_of
from console.store import papers, schema

_HOUR = 3600
_BACK = 8 * 86_400


@dataclass(slots=True)
class PlannedWork:
    """The windows around now, by client. What they hold back is asked for only where something is bad."""

    engine: Engine
    _mark: int = -1
    _records: dict[str, list[RecordDoc]] = field(default_factory=dict)
    _windows: dict[tuple[str, int], tuple[Window, ...]] = field(default_factory=dict)

    def over(self, client: Client, host: str, now: Instant) -> tuple[Window, ...]:
        """The windows that count as planned for a host, of the last days and the coming hour."""
        self._notice()
        key = client.id, now // _HOUR
        if key not in self._windows:
            period = key[1] * _HOUR - _BACK, (key[1] + 2) * _HOUR
            self._windows = {one: found for one, found in self._windows.items() if one[1] == key[1]}
            self._windows[key] = windows_of(client, self._of(client.id), period)
        found = self._windows[key]
        return covering(client, host, found) if found else ()

    def forget(self) -> None:
        """Another model is in force: its clients may live in other zones."""
        self._windows.clear()

    def _of(self, client: str) -> list[RecordDoc]:
        if client not in self._records:
            self._records[client] = read(one.body for one in papers.papers(self.engine, client, {"maintenance"}))
        return self._records[client]

    def _notice(self) -> None:
        with self.engine.connect() as connection:
            mark = connection.execute(select(func.max(schema.papers.c.id))).scalar() or 0
        if mark != self._mark:
            self._mark = mark
            self._records.clear()
            self._windows.clear()
