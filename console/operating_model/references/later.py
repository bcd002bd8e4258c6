"""Records as they stood at a cut-off: without those that speak of later instants alone, and what was said later.

So a past week stays as it was, whatever comes; only a record of an earlier instant changes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from checks.reading import Instant
from console.operating_model.schema.facts import (
    BackupRunRecord,
    OutageRecord,
    PatchItemRecord,
    PatchScanRecord,
    WorkLogRecord,
)
from console.operating_model.schema.incidents import IncidentEventRecord, IncidentRecord
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


def known_by(records: Iterable[RecordDoc], cut: Instant, today: date) -> Iterator[RecordDoc]:
    """Records as they stood at `cut`; `today` is the last local day before it."""
    yield from (_then(one, cut, today) for one in records if not is_later(one, cut, today))


def _then(record: RecordDoc, cut: Instant, today: date) -> RecordDoc:
    """One of them, without what became of it later."""
    match record:
        case ActionRecord():
            return record.model_copy(update=_open(record, today))
        case WaiverRecord():
            return record.model_copy(update=_leave(record, today))
        case MaintenanceRecord():
            return record.model_copy(update=_work(record, cut))
        case _:
            return record


def _open(record: ActionRecord, today: date) -> dict[str, object]:
    moved = [one for one in record.moves if one.at > today]
    dates = {"due": moved[0].was, "moves": [one for one in record.moves if one.at <= today]} if moved else {}
    return {**dates, **({"done": None, "result": ""} if record.done and record.done > today else {})}


def _leave(record: WaiverRecord, today: date) -> dict[str, object]:
    is_asked = record.decided is not None and record.decided > today
    decision = {"approved_by": "", "refused_by": "", "decided": None, "note": ""} if is_asked else {}
    return {**decision, **({"ended": None, "note": ""} if record.ended and record.ended > today else {})}


def _work(record: MaintenanceRecord, cut: Instant) -> dict[str, object]:
    becomes: dict[str, dict[str, object]] = {
        "announced": {},
        "approved": {"approved_by": ""},
        "cancelled": {"result": ""},
        "closed": {"result": "", "outcomes": {}},
    }
    found: dict[str, object] = {}
    for word, more in becomes.items():
        at = getattr(record, word)
        if at is not None and seconds(at) >= cut:
            found |= {word: None, **more}
    return found


def is_later(record: RecordDoc, cut: Instant, today: date) -> bool:
    """Whether it speaks only of `[cut, …)`, or of days after `today`, the last local day before the cut-off.

    Work that nobody had announced or approved by then was no plan yet, and is known from its start on.
    """
    on, at = begins_on(record), begins(record)
    return (on is not None and on > today) or (at is not None and at >= cut)


def begins(record: RecordDoc) -> Instant | None:
    """The first instant that it speaks of; None for what is told by days, is only planned, or is a remark."""
    match record:
        case SampleRecord() | SamplesRecord():
            return record.span[0]
        case IncidentRecord():
            return seconds(record.detected)
        case OutageRecord() | WorkLogRecord():
            return seconds(record.start)
        case BackupRunRecord():
            return seconds(record.due)
        case PatchItemRecord():
            return seconds(record.first_seen)
        case MaintenanceRecord():
            return min(seconds(one) for one in (record.start, record.announced, record.approved) if one)
        case PatchScanRecord() | IncidentEventRecord() | SignOffRecord() | LogRecord():
            return seconds(record.at)
        case _:
            return None


def begins_on(record: RecordDoc) -> date | None:
    """The first local day of what is told by days; None where none is said."""
    match record:
        case RestoreTestRecord() | DecisionRecord() | ActionRecord() | AbsenceRecord():
            return record.at
        case WaiverRecord():
            return record.begins if record.approved_by else record.at
        case _:
            return None
