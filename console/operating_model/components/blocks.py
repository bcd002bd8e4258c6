"""A service as eight blocks: definition, hours, people, promise, what it stands on, KPI, work, contracts (28)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from console.operating_model.components.entry import NOT_MEASURED, Live
from console.operating_model.components.services import needs_of, outcome_of, promise, sla_of, slo_of
from console.operating_model.components.sourcing import contract_words
from console.operating_model.people.escalation import informed
from console.operating_model.people.reach import hours_words, processes_of, row_of, telling_steps, ways
from console.operating_model.people.staff import Staff, turn
from console.operating_model.words import DAYS

DEFINITION, HOURS, PEOPLE, SLO = "definition", "hours", "people", "promise"
NEEDS, KPI, WORK, CONTRACTS = "stands on", "measured", "open work", "contracts"
BLOCKS = (DEFINITION, HOURS, PEOPLE, SLO, NEEDS, KPI, WORK, CONTRACTS)


class Line(NamedTuple):
    """One line of a block, and what it is about."""

    text: str
    thing: str = ""
    """`person`, `service`, `host`, `incident` or ""."""
    id: str = ""
    tone: str = ""


def blocks(staff: Staff, live: Live, service: str) -> dict[str, tuple[Line, ...]]:
    """The eight blocks, in their order; what is not written says so."""
    made = (
        _definition(staff, live, service),
        _hours(staff, service),
        _people(staff, service),
        _promise(staff, service),
        _stands_on(staff, live, service),
        _measured(staff, live, service),
        _work(live, service),
        _contracts(staff, service),
    )
    return {title: tuple(lines) for title, lines in zip(BLOCKS, made, strict=True)}


def _definition(staff: Staff, live: Live, id_: str) -> Iterator[Line]:
    service, now = staff.doc.services[id_], live.services.get(id_)
    offering = staff.doc.offerings.get(service.offering)
    yield Line(f"{staff.subject(id_)}, criticality {service.criticality}, {service.users} users, {service.lifecycle}")
    includes = f": {', '.join(offering.includes)}" if offering else ""
    yield Line(f"sold as {service.offering}{includes}" if offering else "no offering is named")
    yield Line(
        f"serves {outcome_of(staff, service) if service.outcome else 'no outcome'}",
        tone="" if service.outcome else "watch",
    )
    if now:
        yield Line(f"now {now.state}{': ' + now.why if now.why else ''}", tone=now.tone)


def _hours(staff: Staff, id_: str) -> Iterator[Line]:
    calendar = staff.doc.services[id_].hours
    yield Line(hours_words(calendar))
    for day, times in staff.doc.calendars.get(calendar, {}).items():
        if day.partition("-")[0] in DAYS:
            yield Line(f"{day} {', '.join(map(str, times))}")
        else:
            yield Line(f"closed on the holidays of {times}")
    if staff.on_call is not None:
        who = turn(staff.on_call, staff.today)
        yield Line(f"{staff.called(who)} is on call, {hours_words(staff.on_call.calendar)}", "person", who)


def _people(staff: Staff, id_: str) -> Iterator[Line]:
    owner, row = staff.doc.services[id_].owner, row_of(staff, id_)
    yield Line(f"owner: {staff.called(owner)}", "person", owner)
    if row is None:
        yield Line("nobody answers for it: no RACI row", tone="breach")
        return
    yield Line(f"answers (A): {staff.called(row.A)}", "person", row.A)
    for one in row.R:
        yield Line(f"does (R): {staff.called(one)}", "person", one)
    if row.deputy:
        yield Line(f"stands in: {staff.called(row.deputy)}", "person", row.deputy)
    elif len(set(row.R)) < 2:
        yield Line("nobody stands in", tone="watch")
    for one in row.C:
        yield Line(f"is asked (C): {staff.called(one)}", "person" if one in staff.people else "", one)
    steps = [
        f"{staff.doc.processes[one].name}: {', '.join(telling_steps(staff, one))}" for one in processes_of(staff, id_)
    ]
    for one in informed(staff, id_):
        by = "; by ".join(way.words for way in ways(staff, one)) if one in staff.people else "its service desk"
        at = f"; at the step {'; '.join(steps)}" if steps else ""
        yield Line(f"tell (I): {staff.called(one)}, by {by}{at}", "person" if one in staff.people else "", one)


def _promise(staff: Staff, id_: str) -> Iterator[Line]:
    service = staff.doc.services[id_]
    yield Line(f"availability: {slo_of(service)}", tone="" if service.slo else "watch")
    lines = promise(staff, service)
    sla = sla_of(staff, service)
    yield from (Line(f"{sla} {line}") for line in lines)
    if not lines:
        yield Line("no SLA is promised", tone="watch")
    for word, value in (("RPO", service.rpo), ("RTO", service.rto)):
        if value:
            yield Line(f"{word} {value // 3600} h")
    if service.recovery_order:
        yield Line(f"recovered as number {service.recovery_order}")


def _stands_on(staff: Staff, live: Live, id_: str) -> Iterator[Line]:
    service = staff.doc.services[id_]
    yield Line(f"needs {needs_of(service)}")
    for one in service.members:
        yield _part(staff, live, one, "needs")
    for one in service.uses:
        yield _part(staff, live, one, "uses")
    for other, doc in staff.doc.services.items():
        if id_ in (*doc.members, *doc.uses):
            yield Line(f"{staff.subject(other)} stands on it", "service", other)


def _part(staff: Staff, live: Live, one: str, how: str) -> Line:
    if one in staff.doc.services:
        now = live.services.get(one)
        return Line(f"{how} {staff.subject(one)}: {now.state if now else NOT_MEASURED}", "service", one)
    if one in staff.doc.externals:
        external = staff.doc.externals[one]
        seen = "watched" if external.probing_host in live.heard else "not seen"
        return Line(f"{how} {one} ({external.kind}): {seen}")
    host = staff.doc.hosts[one]
    on = f" on {host.runs_on}" if host.runs_on else ""
    return Line(
        f"{how} {one} ({host.role or 'host'}{on}): {'heard' if one in live.heard else 'not heard'}", "host", one
    )


def _measured(staff: Staff, live: Live, id_: str) -> Iterator[Line]:
    now = live.services.get(id_)
    yield Line(f"availability this week: {now.available if now and now.available else NOT_MEASURED} (K1)")
    for outcome in staff.doc.outcomes:
        if outcome.service == id_ and outcome.kpi:
            value = live.kpis.get(outcome.kpi, NOT_MEASURED)
            path = {"from": outcome.baseline, "to": outcome.target, "by": outcome.due}
            way = " ".join(f"{word} {said}" for word, said in path.items() if said is not None)
            yield Line(f"{outcome.kpi}: {value}" + (f"; {way}" if way else "; no target is written"))


def _work(live: Live, id_: str) -> Iterator[Line]:
    now = live.services.get(id_)
    for one in now.incidents if now else ():
        yield Line(one, "incident", one.split()[0].removeprefix("#"), "breach")
    for gap in live.gaps:
        if gap.about == id_:
            yield Line(f"{gap.number}: {gap.evidence}; to close: {gap.fix}", tone="watch")
    if not (now and now.incidents) and all(gap.about != id_ for gap in live.gaps):
        yield Line("nothing is open")


def _contracts(staff: Staff, id_: str) -> Iterator[Line]:
    below = {*staff.doc.services[id_].members, *staff.doc.services[id_].uses, id_}
    found = {name: one for name, one in staff.doc.contracts.items() if below & set(one.covers)}
    for name, contract in found.items():
        supplier = staff.doc.suppliers[contract.supplier]
        yield Line(f"{name}: {supplier.name} owes {contract_words(contract)}, until {contract.to}")
        yield Line(
            f"call {supplier.service_desk or 'nobody knows whom'}; {staff.called(supplier.owner)} does",
            "person",
            supplier.owner,
        )
    if not found:
        yield Line("no contract stands under it")
