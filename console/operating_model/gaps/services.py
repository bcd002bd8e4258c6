"""Gaps of services and hosts: G1, G2, G13, G18, G19, G21, and systems past their life."""

from __future__ import annotations

from collections.abc import Iterator

from console.operating_model import words
from console.operating_model.entities import Calendar
from console.operating_model.gaps.gap import LIFE_ENDS_SOON, Facts, Gap
from console.operating_model.mapping import carried

_WHAT = "services"
Windows = tuple[tuple[tuple[int, int], ...], ...]


def found(facts: Facts) -> Iterator[Gap]:
    """Every gap of this kind."""
    yield from _hosts(facts)
    measured = {"sla_own", "sla_resolve"} <= facts.doc.kpis.keys()
    for id_, service in facts.client.services.items():
        doc, owner = facts.doc.services[id_], facts.accountable(id_)
        if not service.sla:
            yield Gap(
                "G2", _WHAT, id_, "no SLA is promised for it", owner, "give it `sla`, or an offering that has one"
            )
        elif not measured:
            yield Gap(
                "G2", _WHAT, id_, f"nothing measures its SLA {service.sla}", owner, "register sla_own and sla_resolve"
            )
        if not doc.outcome:
            yield Gap("G18", _WHAT, id_, "it serves no outcome", owner, "name the outcome that it proves, or retire it")
        if doc.rto and doc.recovery_order is None:
            yield Gap(
                "G19", _WHAT, id_, "it has an RTO and no place in the recovery order", owner, "give it recovery_order"
            )
    yield from _hours(facts)
    yield from _sold(facts)


def _hosts(facts: Facts) -> Iterator[Gap]:
    used = {one for service in facts.doc.services.values() for one in service.uses}
    for id_, host in facts.doc.hosts.items():
        reached = carried(facts.client, id_)
        if id_ not in used and not reached & facts.doc.services.keys():
            yield Gap(
                "G1", _WHAT, id_, "the host reaches no service", "", "name it in a service's needs, or take it out"
            )
        if host.os_end and host.os_end <= facts.today + LIFE_ENDS_SOON:
            left = (host.os_end - facts.today).days
            when = f"in {left} days" if left >= 0 else f"{-left} days ago"
            owner = next((facts.accountable(one) for one in sorted(reached & facts.doc.services.keys())), "")
            yield Gap(
                "EOL", _WHAT, id_, f"support of {host.os} ends {host.os_end} ({when})", owner, "plan its successor"
            )


def _hours(facts: Facts) -> Iterator[Gap]:
    """G13: an hour of service in which nobody of the provider works or is on call."""
    on_call = facts.doc.on_call or (facts.provider.on_call if facts.provider else None)
    people = {**(facts.provider.people if facts.provider else {}), **facts.doc.people}
    there: list[Windows] = [person.shift for person in people.values() if person.org == "msp" and person.shift]
    if on_call is not None:
        there.append(_windows(facts.client.calendars[on_call.calendar]))
    if not there:
        return
    for id_, service in facts.client.services.items():
        day = _first_uncovered(_windows(facts.client.calendars[service.hours]), there)
        if day is not None:
            text = f"its hours on {words.DAYS[day]} are covered by no shift and no on-call"
            yield Gap(
                "G13", _WHAT, id_, text, facts.accountable(id_), "extend a shift or on_call, or shorten its hours"
            )


def _windows(calendar: Calendar) -> Windows:
    return calendar.windows


def _first_uncovered(wanted: Windows, there: list[Windows]) -> int | None:
    for day in range(7):
        reached = sorted(window for one in there for window in one[day])
        for opens, closes in wanted[day]:
            at = opens
            for start, end in reached:
                at = max(at, end) if start <= at else at
            if at < closes:
                return day
    return None


def _sold(facts: Facts) -> Iterator[Gap]:
    """G21: what an offering includes, and nothing delivers."""
    protected = {one for policy in facts.doc.policies.values() for job in policy.jobs.values() for one in job.protects}
    for id_, service in facts.doc.services.items():
        offering = facts.doc.offerings.get(service.offering)
        if offering is None:
            continue
        owner = facts.accountable(id_)
        if "backup" in offering.includes and id_ not in protected:
            text = f"{service.offering} includes backup, and no job protects it"
            yield Gap("G21", _WHAT, id_, text, owner, "add a job that protects it, or sell it without backup")
        silent = sorted(_below(facts, id_) - facts.heard) if facts.heard is not None else []
        if silent and "monitoring" in offering.includes:
            text = f"{service.offering} includes monitoring, and no agent checks in from {', '.join(silent)}"
            yield Gap("G21", _WHAT, id_, text, owner, "join their agents: watchbill agents invite")


def _below(facts: Facts, service: str) -> set[str]:
    return {one for one in facts.doc.services[service].members if one in facts.doc.hosts}
