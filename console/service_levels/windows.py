"""Maintenance as concrete windows: every time that a record means, in UTC seconds (3.1, I11). Pure.

A repeated window keeps its wall-clock hours in the client's zone: on the days of a clock change its start and end
follow the rule for covered hours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from checks.reading import Instant
from console.operating_model import recurring
from console.operating_model.entities import Client
from console.operating_model.schema.governance import MaintenanceDoc
from console.operating_model.schema.scalars import seconds
from console.service_levels.hours import instant_of
from console.service_levels.intervals import Intervals, normal


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

    What was called off before it began is none of them. A window is given whole, also where the period cuts it.
    """
    mine = (one for one in papers if isinstance(one, MaintenanceDoc))
    found = (window for one in mine for window in _times(client, one, period))
    return tuple(sorted(found, key=lambda one: (one.start, one.id)))


def planned_for(service: str, windows: Iterable[Window]) -> Intervals:
    """M of 3.1: the seconds of maintenance that counts as planned and lists this service."""
    return normal((one.start, one.end) for one in windows if one.is_planned and service in one.services)


def _times(client: Client, record: MaintenanceDoc, period: tuple[Instant, Instant]) -> Iterator[Window]:
    for start, end in _spans(client, record, period[1]):
        is_called_off = record.cancelled is not None and (not record.repeats or seconds(record.cancelled) <= start)
        is_after = bool(record.repeats) and record.closed is not None and seconds(record.closed) <= start
        if start < end and start < period[1] and period[0] < end and not is_called_off and not is_after:
            yield _window(record, start, end)


def _spans(client: Client, record: MaintenanceDoc, until: Instant) -> Iterator[tuple[Instant, Instant]]:
    if not record.repeats:
        yield seconds(record.start), seconds(record.end)
        return
    first, last = (one.astimezone(client.zone).replace(tzinfo=None) for one in (record.start, record.end))
    before = datetime.fromtimestamp(until, UTC).astimezone(client.zone).replace(tzinfo=None) + timedelta(days=1)
    for local in recurring.starts(record.repeats, first, before):
        if local.date() not in record.skips:
            yield instant_of(local, client.zone), instant_of(local + (last - first), client.zone)


def _window(record: MaintenanceDoc, start: Instant, end: Instant) -> Window:
    announced = record.announced is not None and seconds(record.announced) < start
    in_time = record.approved is None or seconds(record.approved) < start
    closed = seconds(record.closed) if record.closed is not None else end
    return Window(
        id=record.id,
        services=tuple(record.services),
        hosts=tuple(record.hosts),
        start=start,
        end=end,
        is_planned=announced and bool(record.approved_by) and in_time,
        ended=min(end, closed) if closed > start else end,
    )
