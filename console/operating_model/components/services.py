"""Services: what the client uses, whose it is, what was promised; and what does not fit together (28, 29)."""

from __future__ import annotations

from collections.abc import Iterator

from checks.wording import duration
from console.operating_model.components.entry import NOT_MEASURED, Component, Entry, Live, counted, nothing
from console.operating_model.people.escalation import soon
from console.operating_model.people.reach import hours_words, row_of
from console.operating_model.people.staff import Staff
from console.operating_model.schema.services import ServiceDoc

MISFITS = ("G1", "G18", "G21")
"""Hosts in no service, services for nothing, and what is sold and not delivered."""


def component(staff: Staff, live: Live) -> Component:
    """Every service, the most critical first; then what does not fit together."""
    order = sorted(staff.doc.services.items(), key=lambda one: (one[1].criticality, one[0]))
    rows = [_entry(staff, live, id_, service) for id_, service in order]
    rows += _misfits(staff, live)
    if not staff.doc.services:
        rows.append(nothing("service", "services", "what the client uses, and what was promised", staff.client))
    states = [one.state for one in live.services.values()]
    good = sum(state in ("up", "degraded") for state in states)
    incidents = sum(len(one.incidents) for one in live.services.values())
    known = len(states) - states.count("unknown")
    says = f"{good} of {len(states)} run" if known else f"0 of {len(states)} known: no agent is heard"
    tone = "breach" if "down" in states else "watch" if incidents or good < len(states) else "ok"
    return Component(f"{says} · {counted(incidents, 'open incident', 'open incidents')}", tuple(rows), tone)


def promise(staff: Staff, service: ServiceDoc) -> tuple[str, ...]:
    """The SLA of a service in words, one line a severity; empty where none is promised."""
    sla = staff.doc.slas.get(sla_of(staff, service))
    targets = sla.incident if sla else {}
    return tuple(f"{severity}: {soon(one.own, one.resolve, one.clock)}" for severity, one in sorted(targets.items()))


def sla_of(staff: Staff, service: ServiceDoc) -> str:
    """The SLA of a service: its own, else its offering's; "" where there is none."""
    offering = staff.doc.offerings.get(service.offering)
    return service.sla or (offering.sla if offering else "")


def over(window: str) -> str:
    """A window in words."""
    return {"28d": "over 28 days", "week": "a week", "month": "a month"}[window]


def slo_of(service: ServiceDoc) -> str:
    """The availability that is promised, in words."""
    return f"{service.slo.availability * 100:g} % {over(service.slo.window)}" if service.slo else "none"


def needs_of(service: ServiceDoc) -> str:
    """What it stands on, in words."""
    if service.needs is None:
        return f"any of {', '.join(service.fleet)}"
    if service.needs.at_least is not None:
        return f"{service.needs.at_least} of {', '.join(service.needs.members)}"
    return ", ".join(service.needs.members)


def outcome_of(staff: Staff, service: ServiceDoc) -> str:
    """The business outcome that it serves."""
    found = next((one.text for one in staff.doc.outcomes if one.id == service.outcome), "")
    return f"{service.outcome}: {found}" if found else "none"


def _entry(staff: Staff, live: Live, id_: str, service: ServiceDoc) -> Entry:
    row, now = row_of(staff, id_), live.services.get(id_)
    cells = {
        "state": now.state if now else NOT_MEASURED,
        "owner": staff.called(service.owner),
        "answers": staff.called(row.A if row else ""),
        "deputy": staff.called(row.deputy if row else ""),
        "criticality": service.criticality,
        "hours": service.hours,
        "slo": slo_of(service),
        "sla": sla_of(staff, service) or "none",
        "rpo": duration(service.rpo) if service.rpo else "–",
        "rto": duration(service.rto) if service.rto else "–",
        "order": str(service.recovery_order or "–"),
        "lifecycle": service.lifecycle,
        "users": str(service.users),
        "incidents": str(len(now.incidents)) if now else "0",
        "says": now.why if now else "",
    }
    tone = now.tone if now else "unknown"
    return Entry("service", id_, staff.subject(id_), cells, tuple(_detail(staff, live, id_)), tone, service.owner)


def _detail(staff: Staff, live: Live, id_: str) -> Iterator[str]:
    service, row, now = staff.doc.services[id_], row_of(staff, id_), live.services.get(id_)
    yield f"{staff.subject(id_)} is {now.state if now else NOT_MEASURED}" + (f": {now.why}" if now and now.why else "")
    yield ""
    yield f"owner      {staff.called(service.owner)}"
    yield f"answers    {staff.called(row.A if row else '')}; {staff.called(row.deputy if row else '')} stands in"
    yield f"serves     {outcome_of(staff, service)}"
    yield f"offering   {service.offering or 'none'} ({service.lifecycle}), {service.users} users, {service.criticality}"
    yield f"hours      {hours_words(service.hours)}"
    yield f"needs      {needs_of(service)}"
    yield f"uses       {', '.join(service.uses) or 'nothing else'}"
    available = now.available if now and now.available else NOT_MEASURED
    yield f"available  {slo_of(service)} promised; this week {available}"
    yield from (f"promise    {line}" for line in promise(staff, service))
    rpo, rto = (duration(one) if one else "not set" for one in (service.rpo, service.rto))
    yield f"recovery   RPO {rpo}, RTO {rto}, place {service.recovery_order or 'not set'}"
    yield from (f"open       {line}" for line in (now.incidents if now else ()))
    yield from live.to_close(id_)


def _says(evidence: str) -> dict[str, str]:
    return {"state": "does not fit", "says": evidence}


def _misfits(staff: Staff, live: Live) -> Iterator[Entry]:
    for one in live.gaps:
        if one.number in MISFITS:
            detail = (f"{one.about}: {one.evidence}", f"to close   {one.fix}")
            yield Entry("misfit", one.about, f"{one.number} {one.about}", _says(one.evidence), detail, "watch")
    for id_, service in staff.doc.services.items():
        if service.users == 0 and service.lifecycle == "live":
            says = "nobody is said to use it"
            detail = (f"{id_}: {says}", "to close   say how many use it (users), or retire it")
            yield Entry("misfit", id_, id_, _says(says), detail, "watch")
