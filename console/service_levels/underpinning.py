"""Every promise of a client beside the contracts under it: availability, resolve time, hours, dates (3.5). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checks.wording import duration
from console.operating_model.entities import Client, Criticality, Service, Severity
from console.operating_model.gaps.gap import Shortfall
from console.operating_model.schema.client import ClientDoc
from console.operating_model.schema.sourcing import ContractDoc
from console.service_levels.hours import instant
from console.service_levels.intervals import Interval
from console.service_levels.promises import Clocked, at_least_of, short_by, uncovered

_WEEK = 7 * 86_400
WHEN_DOWN = {Criticality.A: Severity.S1, Criticality.B: Severity.S2, Criticality.C: Severity.S3}
"""The severity of an incident that takes a service down (4.1): what a failing supplier of a hard need causes."""


def shortfalls(client: Client, doc: ClientDoc, today: date) -> tuple[Shortfall, ...]:
    """Every promise that is stricter than what underpins it, this calendar year."""
    return tuple(one for service in client.services.values() for one in _of(client, doc, service, today))


def expected(client: Client, doc: ClientDoc, service: str) -> float:
    """Availability that its hard needs promise together, if they fail independently; 1 where none promises anything."""
    needs = client.services[service].needs
    return at_least_of(needs.enough, [_promised(client, doc, one) for one in needs.members])


def _promised(client: Client, doc: ClientDoc, member: str) -> float:
    if member in client.services:
        return client.services[member].availability or expected(client, doc, member)
    owed = [one.availability for one in doc.contracts.values() if member in one.covers and one.availability]
    return min(owed, default=1.0)


def _of(client: Client, doc: ClientDoc, service: Service, today: date) -> Iterator[Shortfall]:
    yield from _availability(client, doc, service)
    for id_, contract in doc.contracts.items():
        if set(contract.covers) & set(service.needs.members):
            yield from _resolve(client, service, id_, contract, _year(client, today))
            yield from _hours(client, service, id_, contract, today)
            yield from _dates(client, service, id_, contract)


def _availability(client: Client, doc: ClientDoc, service: Service) -> Iterator[Shortfall]:
    promised = service.availability
    if promised is None:
        return
    members = [_promised(client, doc, one) for one in service.needs.members]
    is_group = service.needs.enough < len(members)
    floor = at_least_of(service.needs.enough, members) if is_group else min(members)
    if promised > floor:
        weakest = ", ".join(one for one in service.needs.members if _promised(client, doc, one) == min(members))
        text = f"{_percent(promised)} is promised, and {weakest} promises {_percent(floor)}"
        yield Shortfall(service.id, "availability", "", "", text)


def _resolve(client: Client, service: Service, id_: str, contract: ContractDoc, year: Interval) -> Iterator[Shortfall]:
    sla = client.slas.get(service.sla)
    if sla is None or contract.resolve is None:
        return
    supplier = Clocked(contract.resolve, client.calendars[contract.calendar])
    severity = WHEN_DOWN[service.criticality]
    target = sla.incident.get(severity)
    if target is None:
        return
    ours = Clocked(target.resolve, client.calendars[target.clock])
    short = short_by(target.own, ours, supplier, client.zone, year)
    if short > 0:
        text = f"{severity} is promised in {duration(target.resolve)}; with {id_} it can take {duration(short)} more"
        yield Shortfall(service.id, "resolve", id_, severity, text)


def _hours(client: Client, service: Service, id_: str, contract: ContractDoc, today: date) -> Iterator[Shortfall]:
    monday = date.fromordinal(today.toordinal() - today.weekday())
    start = instant(monday, 0, client.zone)
    desk = client.calendars[contract.calendar]
    closed = uncovered(client.calendars[service.hours], desk, client.zone, (start, start + _WEEK))
    if closed > 0:
        text = f"{duration(closed)} of its hours a week lie outside the support hours of {id_}"
        yield Shortfall(service.id, "hours", id_, "", text)


def _dates(client: Client, service: Service, id_: str, contract: ContractDoc) -> Iterator[Shortfall]:
    sla = client.slas.get(service.sla)
    if sla is not None and (sla.end is None or contract.to < sla.end):
        until = f"until {sla.end}" if sla.end else "without end"
        text = f"{id_} ends {contract.to}, and SLA {sla.id} is promised {until}"
        yield Shortfall(service.id, "dates", id_, "", text)


def _year(client: Client, today: date) -> Interval:
    start, end = date(today.year, 1, 1), date(today.year + 1, 1, 1)
    return instant(start, 0, client.zone), instant(end, 0, client.zone)


def _percent(share: float) -> str:
    """A promise as people write it: two decimals, rounded so that it never flatters."""
    return f"{int(share * 10_000 + 1e-6) / 100:.2f} %"
