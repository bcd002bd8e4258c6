"""Incidents that people wrote down elsewhere: the openings and events of records (R1, 4.2). Pure."""

from __future__ import annotations

from console.incidents.events import Event, Kind, Opening
from console.operating_model.entities import Model
from console.operating_model.schema.incidents import IncidentEventRecord, IncidentRecord
from console.operating_model.schema.scalars import seconds

_KINDS = {
    "own": Kind.OWNED,
    "note": Kind.NOTE,
    "outage": Kind.OUTAGE,
    "pause": Kind.PAUSED,
    "resume": Kind.RESUMED,
    "resolve": Kind.RESOLVED,
    "reopen": Kind.REOPENED,
    "void": Kind.VOID,
    "merge": Kind.MERGED,
    "severity": Kind.SEVERITY,
    "reassign": Kind.REASSIGNED,
    "offer": Kind.OFFERED,
    "accept": Kind.ACCEPTED,
    "release": Kind.RELEASED,
    "step": Kind.STEP,
    "log": Kind.LOGGED,
    "close": Kind.CLOSED,
}


def opening_of(record: IncidentRecord) -> Opening:
    """What a recorded incident opened with."""
    return Opening(
        incident=record.number,
        client=record.client,
        service=record.service,
        host=record.host,
        check=record.check,
        subject=record.subject,
        title=record.title,
        impact=record.impact,
        severity=record.severity,
        detected_at=seconds(record.detected),
        source=record.source,
    )


def event_of(record: IncidentEventRecord, model: Model) -> Event:
    """A recorded event. Whoever has a login is named by it; a resolution without `restored_at` restored it then."""

    def login(id_: str) -> str:
        person = model.person(record.client, id_)
        return (person.login if person else "") or id_

    at = seconds(record.at)
    restored_at = seconds(record.restored_at) if record.restored_at else at
    return Event(
        at=at,
        by=login(record.by),
        kind=_KINDS[record.event],
        text=record.text,
        reason=record.reason,
        until=seconds(record.until) if record.until else None,
        restored_at=restored_at if record.event == "resolve" else None,
        parent=record.parent or 0,
        subject=record.step,
        severity=record.severity,
        to=login(record.to) if record.to else "",
        told=record.told,
        ref=record.ref,
        minutes=record.minutes or 0,
        party=record.party,
    )
