"""Checked documents made into the model's nouns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from checks.check import Check
from checks.reading import CheckName
from console.operating_model import words
from console.operating_model.closed_days import days as closed_days
from console.operating_model.entities import (
    ALWAYS,
    Access,
    Calendar,
    Client,
    Criticality,
    External,
    Host,
    Limits,
    Needs,
    Person,
    Provider,
    Service,
    Severity,
    Site,
    Sla,
    Target,
)
from console.operating_model.schema.client import BaselineDoc, ClientDoc, ProviderDoc
from console.operating_model.schema.organization import PersonDoc
from console.operating_model.schema.scalars import Weekday
from console.operating_model.schema.services import LimitsDoc, ServiceDoc, SlaDoc


def provider_of(doc: ProviderDoc) -> Provider:
    """The provider that a document says."""
    access = tuple(Access(one.person, one.role, tuple(one.clients)) for one in doc.access)
    return Provider(doc.provider.name, _people(doc.people), access, doc)


def inherited(doc: ClientDoc, baseline: BaselineDoc) -> ClientDoc:
    """The client's document with everything of the baseline that it does not say otherwise under the same name."""
    sections = {name: {**getattr(baseline, name), **getattr(doc, name)} for name in BaselineDoc.model_fields}
    return doc.model_copy(update=sections)


def client_of(doc: ClientDoc, checks: Mapping[CheckName, Check], own: ClientDoc | None = None) -> Client:
    """The client that a document says; its references must have been checked. `own` is it without the baseline."""
    zone = doc.client.tz
    return Client(
        id=doc.client.id,
        name=doc.client.name,
        zone=zone,
        calendars={"always": ALWAYS, **{id_: calendar_of(doc, id_) for id_ in doc.calendars}},
        people=_people(doc.people),
        sites={
            id_: Site(id_, site.name, site.tz or zone, site.access, site.address) for id_, site in doc.sites.items()
        },
        hosts={
            id_: Host(id_, host.site, host.os, host.role, host.presence, host.runs_on, host.os_end)
            for id_, host in doc.hosts.items()
        },
        externals={id_: External(id_, one.kind, one.probing_host) for id_, one in doc.externals.items()},
        services={id_: _service(doc, id_, service) for id_, service in doc.services.items()},
        slas={id_: _sla(id_, sla) for id_, sla in doc.slas.items()},
        standards=tuple(limits for name, doc_ in doc.standards.items() for limits in _limits(checks, name, doc_)),
        doc=doc,
        own=own,
        week_starts=get_args(Weekday).index(doc.client.week_starts),
    )


def calendar_of(doc: BaselineDoc, id_: str) -> Calendar:
    """A calendar as written. Raises ValueError where its windows are not."""
    written = dict(doc.calendars[id_])
    holidays = written.pop("holidays", None)
    days = {day: [str(one) for one in times] for day, times in written.items()}
    closed = closed_days(doc.holiday_sets.get(str(holidays), [])) if holidays else frozenset()
    return Calendar(id_, words.windows(days), closed)


def _people(people: Mapping[str, PersonDoc]) -> dict[str, Person]:
    return {id_: Person(id_, one.name, one.org, one.email, one.phone, one.login) for id_, one in people.items()}


def _service(client: ClientDoc, id_: str, doc: ServiceDoc) -> Service:
    offering = client.offerings.get(doc.offering)
    return Service(
        id=id_,
        name=doc.name or id_,
        owner=doc.owner,
        criticality=Criticality(doc.criticality),
        hours=doc.hours,
        needs=Needs(tuple(doc.members), doc.enough),
        sla=doc.sla or (offering.sla if offering else ""),
        users=doc.users,
        availability=doc.slo.availability if doc.slo else None,
    )


def _sla(id_: str, doc: SlaDoc) -> Sla:
    incident = {
        Severity(severity): Target(target.own, target.resolve, target.clock)
        for severity, target in doc.incident.items()
    }
    return Sla(id_, incident, doc.from_, doc.to, doc.clear_after)


def _limits(checks: Mapping[CheckName, Check], name: str, doc: LimitsDoc) -> list[Limits]:
    """The limits of one check: the client's, then each host's own. What is not written keeps the default."""
    check = checks[CheckName(name)]
    general = _one(check, doc, Limits(name, check.standard.warn, check.standard.crit), "")
    return [general, *(_one(check, own, general, host) for host, own in doc.hosts.items())]


def _one(check: Check, doc: LimitsDoc, before: Limits, host: str) -> Limits:
    given = doc.model_fields_set
    says_when = doc.for_ is not None or doc.in_a_row is not None
    return Limits(
        check.name,
        warn=_limit(check, doc.warn) if "warn" in given else before.warn,
        crit=_limit(check, doc.crit) if "crit" in given else before.crit,
        host=host,
        stands_for=doc.for_ or 0 if says_when else before.stands_for,
        in_a_row=doc.in_a_row or 1 if says_when else before.in_a_row,
    )


def _limit(check: Check, written: object) -> float | None:
    return None if written is None or written == "never" else words.limit(written, check.unit)
