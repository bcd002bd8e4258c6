"""Records against the model: clients, people and policies that exist, and leave that may be given (I10, I14)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from console.operating_model.entities import Client, Model
from console.operating_model.references import facts
from console.operating_model.references.known import unknown
from console.operating_model.schema.client import ClientDoc
from console.operating_model.schema.records import (
    ActionRecord,
    DecisionRecord,
    LogRecord,
    MaintenanceRecord,
    RecordDoc,
    RestoreTestRecord,
    SignOffRecord,
    WaiverRecord,
)


def told(record: RecordDoc, model: Model) -> Iterator[str]:
    """Everything that is wrong with one record, in sentences."""
    client = model.clients.get(record.client)
    if client is None or client.doc is None:
        yield unknown("client", record.client, model.clients)
        return
    people = {*client.people, *model.provider.people}
    yield from (unknown("person", one, people) for one in _people(record) if one and one not in people)
    match record:
        case WaiverRecord():
            yield from _waiver(record, client.doc)
        case DecisionRecord():
            yield from _decision(record, client)
        case MaintenanceRecord():
            yield from (
                unknown("service", one, client.services) for one in record.services if one not in client.services
            )
            yield from (unknown("host", one, client.hosts) for one in record.hosts if one not in client.hosts)
        case RestoreTestRecord() if record.service not in client.services:
            yield unknown("service", record.service, client.services)
        case _:
            yield from facts.told(record, client)


def name_of(record: RecordDoc) -> str:
    """What tells a record from others of its kind."""
    match record:
        case SignOffRecord():
            return f"{record.revision} {record.person}"
        case RestoreTestRecord():
            return f"{record.service} {record.at}"
        case DecisionRecord() | WaiverRecord() | MaintenanceRecord() | ActionRecord() | LogRecord():
            return record.id
        case _:
            return record.name


def _people(record: RecordDoc) -> tuple[str, ...]:
    match record:
        case WaiverRecord():
            return record.asked_by, record.approved_by
        case DecisionRecord() | RestoreTestRecord():
            return (record.by,)
        case MaintenanceRecord():
            return (record.approved_by,)
        case ActionRecord():
            return (record.owner,)
        case SignOffRecord():
            return (record.person,)
        case LogRecord():
            return ()  # who was refused may be anybody
        case _:
            return facts.people(record)


def _waiver(record: WaiverRecord, doc: ClientDoc) -> Iterator[str]:
    """I10: who approves holds the right, and no longer than the policy allows."""
    policy = doc.policies.get(record.policy)
    if policy is None:
        yield unknown("policy", record.policy, doc.policies)
        return
    role = doc.roles.get(policy.waive)
    may = {role.holder, role.deputy} - {""} if role else {policy.waive} - {""}
    if record.approved_by not in may:
        named = ", ".join(sorted(may)) or "nobody"
        yield f"{record.approved_by} may not waive {record.policy}; {named} may"
    if policy.max_waiver is not None and record.expires > record.at + timedelta(seconds=policy.max_waiver):
        latest = record.at + timedelta(seconds=policy.max_waiver)
        yield f"{record.policy} may be waived until {latest} at most, not until {record.expires}"


def _decision(record: DecisionRecord, client: Client) -> Iterator[str]:
    """I14: a risk of the client's is accepted by somebody of the client's."""
    person = client.people.get(record.by)
    if record.accepts and (person is None or person.org != "client"):
        yield f"{record.by} is not of the client, and cannot accept a risk for them"
