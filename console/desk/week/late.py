"""What came to the record after a week was frozen and speaks of it: each with what it is about, and of which time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from checks.reading import Instant
from checks.text import clean
from console.desk.office import Office
from console.desk.week.gather import known_of_agents
from console.incidents.events import Incident, Kind
from console.operating_model.entities import Client
from console.operating_model.mapping import carried
from console.operating_model.records import read
from console.operating_model.references.facts import latest
from console.operating_model.schema.facts import (
    HISTORY,
    BackupRunRecord,
    OutageRecord,
    PatchScanRecord,
    WorkLogRecord,
)
from console.operating_model.schema.incidents import IncidentEventRecord, IncidentRecord
from console.operating_model.schema.records import (
    AbsenceRecord,
    DecisionRecord,
    MaintenanceRecord,
    RecordDoc,
    RestoreTestRecord,
    WaiverRecord,
)
from console.operating_model.schema.samples import SampleRecord, SamplesRecord
from console.operating_model.schema.scalars import seconds
from console.pages.week import Week
from console.reports.came_late import Late
from console.service_levels.hours import instant
from console.service_levels.kpis.patches import SEVERITIES
from console.store.enrolment import Agent
from console.store.papers import Paper, papers
from console.store.weeks import FrozenWeek

_MOMENT = "%a %d %b %H:%M"


def late(office: Office, client: Client, frozen: FrozenWeek, value: Week) -> Iterator[Late]:
    """What came to the record after the freeze and speaks of the time before the week's end."""
    for one in papers(office.ledger.database.reading, client.id):
        if one.recorded_at > frozen.frozen_at:
            (record,) = read([one.body])
            span = _span(record, client)
            if span is not None and span[0] < value.end:
                yield _late_paper(office, client, (one, record), span)
    for agent in sorted(office.ledger.agents.values(), key=lambda agent: agent.host):
        if agent.client == client.id and not agent.is_imported:  # what was imported stands among the papers
            yield from _late_check_ins(office, client, agent, (frozen, value))


def _late_check_ins(office: Office, client: Client, agent: Agent, week: tuple[FrozenWeek, Week]) -> Iterator[Late]:
    """What an agent delivered after the freeze about the time before it: from the first of it on, as it comes in order.

    Check-ins that changed nothing are known by the time that they prove, of which the frozen week had no evidence.
    """
    frozen, value = week
    changed = office.history.came_late(agent.agent, value.end, frozen.frozen_at)
    silent = [(one.start, one.end) for one in value.silences if one.host == agent.host]
    proven = [
        known for span in silent for _, found in known_of_agents(office, client.id, [agent], span) for known in found
    ]
    begins = [start for start, _ in proven] + ([] if changed is None else [changed])
    if begins:
        when = f"from {_moment(min(begins), client)} on"
        touched = _touched(client, {agent.host, *SEVERITIES})
        yield Late("check-ins", f"of {agent.host}", when, "that arrived after the freeze", (min(begins), None), touched)


def reopened(client: Client, one: Incident) -> Late:
    """An incident that ended in time, was opened again later, and broke its promise then."""
    at = max(event.at for event in one.events if event.kind is Kind.REOPENED)
    when = f"reopened {_moment(at, client)}"
    touched = _touched(client, {one.opening.service, one.opening.host} - {""})
    return Late(
        "incident", f"I-{one.number}", when, "and broke its promise then", (one.opening.detected_at, None), touched
    )


def places(client: Client) -> frozenset[str]:
    """Every name that a figure may be about and a record may name."""
    policies = client.doc.policies.values() if client.doc else ()
    jobs = (id_ for policy in policies for id_ in policy.jobs)
    return frozenset((*client.hosts, *client.services, *client.externals, *client.people, *jobs, *SEVERITIES))


def _late_paper(
    office: Office, client: Client, told: tuple[Paper, RecordDoc], span: tuple[Instant, Instant | None]
) -> Late:
    paper, record = told
    words = paper.name.split(" ")
    instants = [word for word in words if len(word) == 10 and word.isdecimal()]
    recorded = f"recorded {_moment(paper.recorded_at, client)} by {clean(paper.recorded_by, 40)}"
    when = ", ".join(_moment(int(one), client) for one in instants)
    kind = "samples" if paper.kind in HISTORY[:2] else paper.kind
    kind = "host outage" if isinstance(record, OutageRecord) and record.host else kind
    what = clean(" ".join(word for word in words if word not in instants), 80)
    return Late(kind, what, when, recorded, span, _touched(client, _named(office, record)))


def _span(record: RecordDoc, client: Client) -> tuple[Instant, Instant | None] | None:
    """`[start, end)` of what it tells, without an end where that holds on; None for what changes no figure."""
    match record:
        case OutageRecord():
            return seconds(record.start), seconds(record.end) if record.end else None
        case WorkLogRecord():
            return seconds(record.start), seconds(record.start) + 1  # all its minutes count on the day it began
        case MaintenanceRecord():
            return seconds(record.start), None if record.repeats else seconds(record.end)
        case WaiverRecord() | AbsenceRecord() | RestoreTestRecord() | DecisionRecord():
            return _days(record, client)
        case _:
            at = _first(record)
            return None if at is None else (at, None)


def _days(
    record: WaiverRecord | AbsenceRecord | RestoreTestRecord | DecisionRecord, client: Client
) -> tuple[Instant, Instant | None]:
    """The same of what is told in local dates."""
    match record:
        case WaiverRecord():
            return _day(record.at, client), _day(record.ended or record.expires, client)
        case AbsenceRecord():
            return _day(record.first, client), _day(record.last + timedelta(days=1), client)
        case _:
            return _day(record.at, client), None


def _first(record: RecordDoc) -> Instant | None:
    """From when on it tells something that holds on."""
    match record:
        case BackupRunRecord():
            return seconds(record.due)
        case SampleRecord() | SamplesRecord():
            return record.span[0]
        case _:
            return latest(record)


def _day(day: date, client: Client) -> Instant:
    return instant(day, 0, client.zone)


def _named(office: Office, record: RecordDoc) -> set[str]:
    """What a record names: hosts, services, externals, jobs, people, severities."""
    fields = ("host", "service", "external", "job", "person", "severity")
    found = {str(getattr(record, field, "") or "") for field in fields}
    found |= {*getattr(record, "services", ()), *getattr(record, "hosts", ())}
    if isinstance(record, WaiverRecord):
        found |= {*record.scope.values(), *SEVERITIES}
    elif isinstance(record, DecisionRecord):
        found |= {*record.covers.values()}
    elif isinstance(record, PatchScanRecord) or record.kind in HISTORY[:2]:
        found |= {*SEVERITIES}
    elif isinstance(record, IncidentRecord | IncidentEventRecord):
        incident = office.history.incident(record.number)
        found |= {incident.opening.service, incident.opening.host} if incident else set()
    return found - {""}


def _touched(client: Client, named: set[str]) -> frozenset[str]:
    """The same with the services that stand on it, and the jobs that save it."""
    on_it = {service for one in named for service in carried(client, one)}
    policies = client.doc.policies.values() if client.doc else ()
    jobs = {id_: job for policy in policies for id_, job in policy.jobs.items()}
    saving = {id_ for id_, job in jobs.items() if job.host in named}
    saved = {service for id_ in named & jobs.keys() for service in jobs[id_].protects}
    return frozenset(named | on_it | saving | saved)


def _moment(at: Instant, client: Client) -> str:
    return datetime.fromtimestamp(at, client.zone).strftime(_MOMENT)
