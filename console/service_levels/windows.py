"""Maintenance as concrete windows: every time that a record means, in UTC seconds (3.1, I11). Pure.

A repeated window keeps its wall-clock hours in the client's zone: on the days of a clock change its start and end
follow the rule for covered hours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from checks.reading import Instant
from console.operating_model import recurring
from console.operating_model.entities import Client
from console.operating_model.schema.governance import MaintenanceDoc
from console.operating_model.schema.scalars import seconds
from console.service_levels.hours import instant_of
from console.service_levels.intervals import Intervals, normal

_NEVER = 253_000_000_000
Record = TypeVar("Record", bound=MaintenanceDoc)


@dataclass(frozen=True, slots=True)
class Window:
    """One time of planned work, `[start, end)`."""

    id: str
    services: tuple[str, ...]
    """The services that it excuses."""
    hosts: tuple[str, ...]
    start: Instant
    end: Instant
    is_planned: bool
    """Approved and announced before it began (I11): only then it excuses, and holds alarms back."""
    ended: Instant
    """When the work was over: `end`, or earlier where it was closed."""


def windows_of(client: Client, papers: Iterable[object], period: tuple[Instant, Instant]) -> tuple[Window, ...]:
    """The windows of maintenance records that touch `[start, end)`, by their start; other records are passed over.

    What was called off is none of them. A window is given whole, also where the period cuts it.
    """
    mine = each_time(client, (one for one in papers if isinstance(one, MaintenanceDoc)), period)
    found = (_window(one) for one in mine if one.cancelled is None)
    return tuple(sorted(found, key=lambda one: (one.start, one.id)))


def planned_for(service: str, windows: Iterable[Window]) -> Intervals:
    """M of 3.1: the seconds of maintenance that counts as planned and lists this service."""
    return normal((one.start, one.end) for one in windows if one.is_planned and service in one.services)


def each_time(client: Client, records: Iterable[Record], period: tuple[Instant, Instant]) -> Iterator[Record]:
    """Every time that these records mean and that touches `[start, end)`, each as a record of its own.

    Of a series each time is judged by itself (I11): called off or closed only where that was said before it began.
    """
    for record in records:
        if not record.repeats:
            if seconds(record.start) < period[1] and period[0] < seconds(record.end):
                yield record
            continue
        for start, end in _spans(client, record, period[1]):
            if start < end and start < period[1] and period[0] < end:
                yield _at(record, start, end)


def this_time(client: Client, record: Record, now: Instant) -> Record:
    """Of a series the time that runs or comes next, else the last one; a single window is itself."""
    if not record.repeats:
        return record
    times = list(each_time(client, [record], (seconds(record.start), _NEVER)))
    return next((one for one in times if seconds(one.end) > now), times[-1] if times else record)


def _at(record: Record, start: Instant, end: Instant) -> Record:
    first, last = (datetime.fromtimestamp(one, record.start.tzinfo) for one in (start, end))
    cancelled = record.cancelled if record.cancelled and seconds(record.cancelled) <= start else None
    closed = record.closed if record.closed and seconds(record.closed) < end else None
    off = record.closed if closed and seconds(closed) <= start else cancelled
    return record.model_copy(update={"start": first, "end": last, "cancelled": off, "closed": closed})


def _spans(client: Client, record: MaintenanceDoc, until: Instant) -> Iterator[tuple[Instant, Instant]]:
    first, last = (one.astimezone(client.zone).replace(tzinfo=None) for one in (record.start, record.end))
    before = datetime.fromtimestamp(until, UTC).astimezone(client.zone).replace(tzinfo=None) + timedelta(days=1)
    for local in recurring.starts(record.repeats, first, before):
        if local.date() not in record.skips:
            yield instant_of(local, client.zone), instant_of(local + (last - first), client.zone)


def _window(record: MaintenanceDoc) -> Window:
    start, end = seconds(record.start), seconds(record.end)
    closed = seconds(record.closed) if record.closed is not None else end
    return Window(
        id=record.id,
        services=tuple(record.services),
        hosts=tuple(record.hosts),
        start=start,
        end=end,
        is_planned=record.is_planned,
        ended=min(end, closed) if closed > start else end,
    )
