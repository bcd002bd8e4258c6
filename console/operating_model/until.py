"""What had happened by an instant: records as they could have been written then. Pure.

Stretches of samples and outages that go on are cut at the instant; everything that is later is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from checks.reading import Instant
from console.operating_model.records import Line, line_of
from console.operating_model.references.facts import latest
from console.operating_model.schema.facts import OutageRecord
from console.operating_model.schema.records import (
    AbsenceRecord,
    ActionRecord,
    DecisionRecord,
    LogRecord,
    MaintenanceRecord,
    RecordDoc,
    RestoreTestRecord,
    SignOffRecord,
    WaiverRecord,
)
from console.operating_model.schema.samples import SampleRecord, SamplesRecord
from console.operating_model.schema.scalars import seconds


def until(lines: Iterable[Line], now: Instant, after: Instant | None = None) -> Iterator[Line]:
    """The records that were known at `now`, and not yet at `after` where one is given."""
    for line in lines:
        match line.record:
            case SampleRecord() | SamplesRecord():
                yield from _stretch(line, line.record, now, after)
            case OutageRecord():
                yield from _outage(line, line.record, now, after)
            case record:
                at = _known_at(record)
                if (after is None or (at is not None and at > after)) and (at is None or at <= now):
                    yield line


def _stretch(line: Line, record: SampleRecord | SamplesRecord, now: Instant, after: Instant | None) -> Iterator[Line]:
    first, last = record.span
    begins = first
    if after is not None and after >= first:
        begins = first + ((after - first) // record.pace + 1) * record.pace
    if begins > min(now, last):
        return
    if (begins, last) == (first, min(now, last)):
        yield line
        return
    ends = min(now + 1, last + record.pace)
    yield line_of(line.number, {**json.loads(line.body), "from": _said(begins), "until": _said(ends)})


def _outage(line: Line, record: OutageRecord, now: Instant, after: Instant | None) -> Iterator[Line]:
    starts, ends = seconds(record.start), seconds(record.end) if record.end else None
    if ends is not None and ends <= now:
        if after is None or ends > after:
            yield line
    elif starts <= now and (after is None or starts > after):
        tree = json.loads(line.body)
        tree.pop("end", None)
        yield line_of(line.number, tree)


def _known_at(record: RecordDoc) -> Instant | None:
    """When it could be written down; a bare date is its midnight in UTC."""
    match record:
        case DecisionRecord() | WaiverRecord() | RestoreTestRecord() | SignOffRecord() | LogRecord():
            return _instant(record.at)
        case ActionRecord():
            return _instant(record.at) if record.at else None
        case AbsenceRecord():
            return _instant(record.first)
        case MaintenanceRecord():
            return seconds(record.announced or record.start)
        case _:
            return latest(record)


def _instant(at: date) -> Instant:
    if isinstance(at, datetime):
        return seconds(at)
    return (at - date(1970, 1, 1)) // timedelta(seconds=1)


def _said(at: Instant) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat()
