"""Every promise of a client beside what underpins it: availability, resolve time, hours, dates, data (3.5). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from checks.wording import duration, percent
from console.operating_model.entities import Client, Criticality, Service, Severity
from console.operating_model.gaps.gap import Shortfall
from console.operating_model.schema.client import ClientDoc
from console.operating_model.schema.records import RecordDoc, RestoreTestRecord
from console.operating_model.schema.services import ServiceDoc
from console.operating_model.schema.sourcing import ContractDoc
from console.service_levels.hours import instant
from console.service_levels.intervals import Interval
from console.service_levels.promises import Clocked, at_least_of, short_by, uncovered

_WEEK = 7 * 86_400
_EXACT = 1e-9
"""Fractions that differ by less are the same promise."""
WHEN_DOWN = {Criticality.A: Severity.S1, Criticality.B: Severity.S2, Criticality.C: Severity.S3}
"""The severity of an incident that takes a service down (4.1): what a failing supplier of a hard need causes."""
WHEN_AT_RISK = {Criticality.A: Severity.S3, Criticality.B: Severity.S4, Criticality.C: Severity.S4}
"""The same where the failing one has others beside it that suffice."""


def shortfalls(client: Client, doc: ClientDoc, today: date, records: Sequence[RecordDoc] = ()) -> tuple[Shortfall, ...]:
    """Every promise that is stricter than what underpins it, this calendar year."""
    tests = [one for one in records if isinstance(one, RestoreTestRecord) and one.client == client.id]
    timed = sorted((one for one in tests if one.result == "ok" and one.at <= today), key=lambda one: one.at)
    newest = {one.service: one.duration for one in timed if one.duration is not None}
    reach, promises = _reach(doc), _Promises(client, doc, {})
    return tuple(
        one
        for service in client.services.values()
        for one in (
            *_of(promises, service, today),
            *_data(client, doc.services[service.id], service, (reach.get(service.id), newest.get(service.id))),
        )
    )


def _reach(doc: ClientDoc) -> dict[str, int]:
    """By service, how old the data that its best job saves can get, in seconds (K10)."""
    best: dict[str, int] = {}
    for policy in doc.policies.values():
        for job in policy.jobs.values():
            oldest = job.every + (job.takes or 0)
            best.update({one: min(oldest, best.get(one, oldest)) for one in job.protects})
    return best


def expected(client: Client, doc: ClientDoc, service: str) -> float:
    """Availability that its hard needs promise together, if they fail independently; 1 where none promises anything."""
    return _Promises(client, doc, {}).together(service)


@dataclass(frozen=True, slots=True)
class _Promises:
    """One look at what is owed: what many services lean on is reckoned once (a diamond has ways without number)."""

    client: Client
    doc: ClientDoc
    known: dict[str, float]

    def together(self, service: str) -> float:
        """What the hard needs of a service promise together."""
        needs = self.client.services[service].needs
        return at_least_of(needs.enough, [self.of(one) for one in needs.members])

    def of(self, member: str) -> float:
        """What one need promises."""
        if member not in self.known:
            self.known[member] = self._of(member)
        return self.known[member]

    def _of(self, member: str) -> float:
        if member in self.client.services:
            return self.client.services[member].availability or self.together(member)
        owed = [one.availability for one in self.doc.contracts.values() if member in one.covers and one.availability]
        return min(owed, default=1.0)


def _of(promises: _Promises, service: Service, today: date) -> Iterator[Shortfall]:
    client = promises.client
    yield from _availability(promises, service)
    for id_, contract in promises.doc.contracts.items():
        if set(contract.covers) & set(service.needs.members):
            yield from _resolve(client, service, id_, contract, _year(client, today))
            yield from _hours(client, service, id_, contract, today)
            yield from _dates(client, service, id_, contract)


def _availability(promises: _Promises, service: Service) -> Iterator[Shortfall]:
    """3.5.1: a hard gap where one need (or a redundant group) promises less; a soft one where all together do."""
    promised = service.availability
    if promised is None:
        return
    members = {one: promises.of(one) for one in service.needs.members}
    together = promises.together(service.id)
    floor = together if is_group(service) else min(members.values())
    weakest = [one for one, owed in members.items() if owed == min(members.values())]
    doubled = {one: at_least_of(1, [owed, owed]) if one == weakest[0] else owed for one, owed in members.items()}
    beside = (weakest[0], together, at_least_of(service.needs.enough, list(doubled.values())))
    if promised - floor > _EXACT:
        text = f"{percent(promised)} is promised, and {', '.join(weakest)} promises {percent(floor)}"
        yield Shortfall(service.id, "availability", "", "", text, promised, floor, *beside)
    elif promised - together > _EXACT:
        text = f"{percent(promised)} is promised, and its needs together give {percent(together)} at best"
        said = f"{text}, if they fail independently"
        yield Shortfall(service.id, "expected", "", "", said, promised, together, *beside)


def is_group(service: Service) -> bool:
    """Whether one of its needs may fail and it stays up."""
    return service.needs.enough < len(service.needs.members)


def _resolve(client: Client, service: Service, id_: str, contract: ContractDoc, year: Interval) -> Iterator[Shortfall]:
    """3.5.2: our own clock while the supplier takes its whole time, at the worst start of the year."""
    sla = client.slas.get(service.sla)
    if sla is None or contract.resolve is None:
        return
    supplier = Clocked(contract.resolve, client.calendars[contract.calendar])
    severity = (WHEN_AT_RISK if is_group(service) else WHEN_DOWN)[service.criticality]
    target = sla.incident.get(severity)
    if target is None:
        return
    ours = Clocked(target.resolve, client.calendars[target.clock])
    short = _short_by(target.own, ours, supplier, client.zone, year)
    if short > 0:
        text = f"{severity} is promised in {duration(target.resolve)}; with {id_} it can take {duration(short)} more"
        member = next(one for one in service.needs.members if one in contract.covers)
        yield Shortfall(service.id, "resolve", id_, severity, text, target.resolve, target.resolve + short, member)


@lru_cache(maxsize=512)
def _short_by(own: int, ours: Clocked, supplier: Clocked, zone: ZoneInfo, year: Interval) -> int:
    """A search over a whole year of two calendars: made once for each pair of promises, whoever asks again."""
    return short_by(own, ours, supplier, zone, year)


def _hours(client: Client, service: Service, id_: str, contract: ContractDoc, today: date) -> Iterator[Shortfall]:
    """3.5.3: hours a week in which the service is due and the supplier's desk is closed."""
    monday = date.fromordinal(today.toordinal() - today.weekday())
    start = instant(monday, 0, client.zone)
    desk = client.calendars[contract.calendar]
    closed = uncovered(client.calendars[service.hours], desk, client.zone, (start, start + _WEEK))
    if closed > 0:
        text = f"{duration(closed)} of its hours a week lie outside the support hours of {id_}"
        yield Shortfall(service.id, "hours", id_, "", text, closed, 0)


def _dates(client: Client, service: Service, id_: str, contract: ContractDoc) -> Iterator[Shortfall]:
    """3.5.4: the contract ends before the promise does."""
    sla = client.slas.get(service.sla)
    if sla is not None and (sla.end is None or contract.to < sla.end):
        until = f"until {sla.end}" if sla.end else "without end"
        text = f"{id_} ends {contract.to}, and SLA {sla.id} is promised {until}"
        yield Shortfall(service.id, "dates", id_, "", text)


def _data(
    client: Client, written: ServiceDoc, service: Service, seconds: tuple[int | None, int | None]
) -> Iterator[Shortfall]:
    """3.5.5: data older than the RPO even when every job runs, and a restore that takes longer than the RTO.

    `seconds`: how old saved data can get, and how long the newest timed restore took.
    """
    reach, restored_in = seconds
    if written.rpo is not None and (reach is None or reach > written.rpo):
        can = f"its best job reaches {duration(reach)}" if reach is not None else "no job saves it"
        text = f"at most {duration(written.rpo)} of data may be lost, and {can}"
        yield Shortfall(service.id, "data", "", "", text, written.rpo, reach or 0)
    sla = client.slas.get(service.sla)
    target = sla.incident.get(WHEN_DOWN[service.criticality]) if sla else None
    if written.rto is None or restored_in is None:
        return
    whole = restored_in + (target.own if target else 0)
    if whole > written.rto:
        text = f"it is promised back in {duration(written.rto)}, and owning and restoring it took {duration(whole)}"
        yield Shortfall(service.id, "data", "", "", text, written.rto, whole)


def _year(client: Client, today: date) -> Interval:
    start, end = date(today.year, 1, 1), date(today.year + 1, 1, 1)
    return instant(start, 0, client.zone), instant(end, 0, client.zone)
