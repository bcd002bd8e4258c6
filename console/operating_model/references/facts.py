"""Records of what happened against the model: hosts, jobs, checks and people that exist, and when it was."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from checks.catalogue import BY_NAME
from checks.reading import CheckName, Instant
from console.operating_model.entities import Client
from console.operating_model.references.known import unknown
from console.operating_model.schema.facts import (
    BackupRunRecord,
    OutageRecord,
    PatchItemRecord,
    PatchScanRecord,
    WorkLogRecord,
)
from console.operating_model.schema.incidents import IncidentEventRecord, IncidentRecord
from console.operating_model.schema.records import RecordDoc
from console.operating_model.schema.samples import SampleRecord, SamplesRecord
from console.operating_model.schema.scalars import seconds


def told(record: RecordDoc, client: Client) -> Iterator[str]:
    """Everything that such a record names and the client's model has not, in sentences."""
    match record:
        case OutageRecord():
            yield from _named(client, ("host", record.host), ("service", record.service), ("external", record.external))
        case SampleRecord() | SamplesRecord():
            yield from _named(client, ("host", record.host))
            yield from _checks(record)
        case PatchScanRecord() | PatchItemRecord():
            yield from _named(client, ("host", record.host))
            yield from _undated(record)
        case IncidentRecord():
            yield from _named(client, ("host", record.host), ("service", record.service))
            if record.check and record.check not in BY_NAME:
                yield unknown("check", record.check, BY_NAME)
        case BackupRunRecord():
            jobs = _jobs(client)
            if record.job not in jobs:
                yield unknown("backup job", record.job, jobs)


def people(record: RecordDoc) -> tuple[str, ...]:
    """The people that it names."""
    match record:
        case OutageRecord():
            return (record.confirmed_by,)
        case IncidentEventRecord():
            return tuple(filter(None, (record.by, record.to)))
        case WorkLogRecord():
            return (record.person,)
        case _:
            return ()


def latest(record: RecordDoc) -> Instant | None:
    """The last instant that it speaks of as past; None for what is no matter of instants."""
    match record:
        case SampleRecord() | SamplesRecord():
            return record.span[1]
        case OutageRecord():
            return seconds(record.end or record.start)
        case BackupRunRecord():
            return seconds(max(filter(None, (record.due, record.started, record.ended, record.restore_point_at))))
        case PatchScanRecord() | IncidentEventRecord():
            return seconds(record.at)
        case PatchItemRecord():
            return seconds(max(record.at or record.first_seen, record.available_at or record.first_seen))
        case IncidentRecord():
            return seconds(record.detected)
        case WorkLogRecord():
            return seconds(record.start) + 60 * record.minutes
        case _:
            return None


def _named(client: Client, *wanted: tuple[str, str]) -> Iterator[str]:
    known: dict[str, Collection[str]] = {"host": client.hosts, "service": client.services, "external": client.externals}
    yield from (unknown(kind, word, known[kind]) for kind, word in wanted if word and word not in known[kind])


def _undated(record: PatchScanRecord | PatchItemRecord) -> Iterator[str]:
    if isinstance(record, PatchItemRecord) and record.state == "installed" and record.at is None:
        yield "an update that is installed says `at`: when that was seen; no week before it counts it"


def _checks(record: SampleRecord | SamplesRecord) -> Iterator[str]:
    seen = [(one.check, one.subject) for one in record.readings]
    seen += [(one.check, one.subject) for one in record.gaps]
    for check, subject in sorted(set(seen)):
        known = BY_NAME.get(CheckName(check))
        if known is None or known.console_looks:
            yield unknown("check that an agent looks at", check, BY_NAME)
        elif seen.count((check, subject)) > 1:
            yield f"{check} {subject}".rstrip() + " stands here twice; one sample sees each once"


def _jobs(client: Client) -> tuple[str, ...]:
    policies = client.doc.policies.values() if client.doc else ()
    return tuple(job for policy in policies for job in policy.jobs)
