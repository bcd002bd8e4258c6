"""Records against the model: clients, people and policies that exist, and leave that may be given (I10, I14)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta

from console.operating_model.entities import Client, Model
from console.operating_model.references import facts
from console.operating_model.references.known import unknown
from console.operating_model.rights import holders
from console.operating_model.schema.client import ClientDoc
from console.operating_model.schema.records import (
    AbsenceRecord,
    ActionRecord,
    CommentRecord,
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
    if isinstance(record, WaiverRecord):
        yield from _waiver(record, client.doc)
    elif isinstance(record, DecisionRecord):
        yield from _decision(record, client)
    yield from _names(record, client, client.doc)


def name_of(record: RecordDoc) -> str:
    """What tells a record from others of its kind."""
    match record:
        case SignOffRecord():
            return " ".join(filter(None, (str(record.revision), record.sha256[:12], record.person)))
        case RestoreTestRecord():
            return f"{record.service} {record.at}"
        case DecisionRecord() | WaiverRecord() | MaintenanceRecord() | ActionRecord() | LogRecord():
            return record.id
        case _:
            return record.name


def _people(record: RecordDoc) -> tuple[str, ...]:
    match record:
        case WaiverRecord():
            return record.asked_by, record.approved_by, record.refused_by
        case DecisionRecord() | RestoreTestRecord() | CommentRecord():
            return (record.by,)
        case MaintenanceRecord():
            return record.planned_by, record.approved_by
        case ActionRecord():
            return (record.owner,)
        case AbsenceRecord():
            return record.person, record.approved_by
        case SignOffRecord():
            return (record.person,)
        case LogRecord():
            return ()  # who was refused may be anybody
        case _:
            return facts.people(record)


def _names(record: RecordDoc, client: Client, doc: ClientDoc) -> Iterator[str]:
    """Services, hosts and outcomes that a record names, and nobody knows."""
    named: list[tuple[str, str, Collection[str]]] = []
    match record:
        case WaiverRecord():
            named = [("host", record.scope.get("host", ""), client.hosts)]
        case MaintenanceRecord():
            named = [("service", one, client.services) for one in record.services]
            named += [("host", one, client.hosts) for one in record.hosts]
        case RestoreTestRecord():
            named = [("service", record.service, client.services)]
        case AbsenceRecord():
            named = [("host", record.host, client.hosts)]
        case ActionRecord():
            outcomes = [one.id for one in doc.outcomes]
            named = [("outcome", record.outcome, outcomes), ("service", record.service, client.services)]
        case SignOffRecord() | DecisionRecord() | LogRecord() | CommentRecord():
            pass
        case _:
            yield from facts.told(record, client)
    yield from (unknown(kind, word, known) for kind, word, known in named if word and word not in known)


def _waiver(record: WaiverRecord, doc: ClientDoc) -> Iterator[str]:
    """I10: who decides holds the right, and no longer than the policy allows."""
    policy = doc.policies.get(record.policy)
    if policy is None:
        yield unknown("policy", record.policy, doc.policies)
        return
    may = set(holders(doc, policy.waive))
    for person, does in ((record.approved_by, "waive"), (record.refused_by, "refuse to waive")):
        if person and person not in may:
            yield f"{person} may not {does} {record.policy}; {', '.join(sorted(may)) or 'nobody'} may"
    if policy.max_waiver is not None and record.expires > record.at + timedelta(seconds=policy.max_waiver):
        latest = record.at + timedelta(seconds=policy.max_waiver)
        yield f"{record.policy} may be waived until {latest} at most, not until {record.expires}"


def _decision(record: DecisionRecord, client: Client) -> Iterator[str]:
    """I14: a risk of the client's is accepted by somebody of the client's."""
    person = client.people.get(record.by)
    if record.accepts and (person is None or person.org != "client"):
        yield f"{record.by} is not of the client, and cannot accept a risk for them"
