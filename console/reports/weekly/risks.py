"""Section 4 of the page: promises above what stands under them, leave that ended, machines at the end of their life."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from checks.catalogue import BY_NAME
from checks.catalogue.health import checkin
from checks.finding import Impact, Status
from checks.text import clean
from console.operating_model.gaps.gap import LIFE_ENDS_SOON, Facts, Shortfall
from console.operating_model.schema.services import HostDoc
from console.operating_model.schema.sourcing import ContractDoc
from console.pages.week_sections import Risk
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.records import open_gaps
from console.reports.weekly.spoken import day, first_word, shortly

_MOST, _MOST_SEEN = 5, 2
_ROLES = {
    "files": "the file server",
    "directory": "the sign-in server",
    "hypervisor": "the machine host",
    "backup": "the backup server",
    "firewall": "the firewall",
    "erp": "the ERP server",
}


def risk_lines(facts: WeekFacts) -> tuple[Risk, ...]:
    """What may go wrong, the weightiest first; one of each service, and not more than a reader takes in."""
    standing = facts.standing
    if standing is None:
        return ()
    found = [Risk(clean(text), host) for text, host in islice(_seen(facts), _MOST_SEEN)]
    found += [Risk(clean(_promise(standing, one)), one.service) for one in worst_shortfalls(standing)]
    found += [
        Risk(clean(f"leave {one.about}: {one.evidence}"), one.about) for one in open_gaps(facts) if one.number == "G12"
    ]
    found += [Risk(clean(text), about) for text, about in _lives(standing)]
    return tuple(found[:_MOST])


def _seen(facts: WeekFacts) -> Iterator[tuple[str, str]]:
    """What agents see beyond its limit at the end, and is no outage yet; that one is silent the page says elsewhere."""
    for host, judged in sorted(facts.findings.items()):
        for finding in (one.finding for one in judged if one.finding.status is Status.BREACH):
            check = BY_NAME.get(finding.check)
            if check is not None and check.impact is Impact.AT_RISK and check.name != checkin.CHECK.name:
                what = f"{check.title} {finding.subject}".strip()
                yield f"{host}: {what}: {finding.sentence}", host


def worst_shortfalls(standing: Facts) -> list[Shortfall]:
    """Of each service, the promise that is furthest above what can be kept: by how many times."""
    worst: dict[str, Shortfall] = {}
    for one in standing.shortfalls:
        if one.kind in ("availability", "resolve", "data") and over(one) > 1:
            known = worst.get(one.service)
            worst[one.service] = one if known is None or over(one) > over(known) else known
    return sorted(worst.values(), key=over, reverse=True)


def over(one: Shortfall) -> float:
    """How many times what may be lost, or waited, is promised away."""
    if one.kind == "availability":
        return (1 - one.reachable) / (1 - one.promised) if one.promised < 1 else float("inf")
    return one.reachable / one.promised if one.promised else 0


def _promise(standing: Facts, one: Shortfall) -> str:
    name = standing.client.services[one.service].name
    contract = standing.doc.contracts.get(one.contract)
    if one.kind == "resolve" and contract is not None:
        clock = _clock(standing, one)
        promise = f"{name} promise ({shortly(int(one.promised))}{clock})"
        return f"{promise} is above {supplier_of(standing, contract)}'s contract ({_contract_hours(contract)})"
    if one.kind == "availability":
        promise = f"{member_name(standing, one.member)} promise {one.promised * 100:g} %"
        return f"{promise} sits on a {one.reachable * 100:g} % contract"
    return f"{name}: {one.evidence}"


def _clock(standing: Facts, one: Shortfall) -> str:
    sla = standing.doc.slas.get(standing.client.services[one.service].sla)
    target = (
        next((target for severity, target in sla.incident.items() if severity == one.severity), None) if sla else None
    )
    calendar = standing.client.calendars.get(target.clock) if target else None
    return ", day and night" if calendar is not None and calendar.is_always else ""


def _contract_hours(contract: ContractDoc) -> str:
    time = shortly(contract.resolve or 0)
    return time if contract.calendar == "always" else time.replace(" h", " office h", 1)


def supplier_of(standing: Facts, contract: ContractDoc) -> str:
    """What people call the supplier: the first word of its name."""
    supplier = standing.doc.suppliers.get(contract.supplier)
    return first_word(supplier.name) if supplier else contract.supplier


def member_name(standing: Facts, member: str) -> str:
    """`Line` of a line, else the name of the service or host."""
    external = standing.doc.externals.get(member)
    if external is not None:
        return external.kind.capitalize()
    service = standing.client.services.get(member)
    return service.name if service else member


def _lives(standing: Facts) -> Iterator[tuple[str, str]]:
    """Machines whose support is over, and those whose support ends within 90 days, in one sentence."""
    ends = sorted((one.os_end, id_, one) for id_, one in standing.doc.hosts.items() if one.os_end)
    past = [(on, _machine(standing, id_, host)) for on, id_, host in ends if on < standing.today]
    soon = [(on, _machine(standing, id_, host)) for on, id_, host in _soon(ends, standing.today)]
    first = next((id_ for on, id_, _ in ends if on <= standing.today + LIFE_ENDS_SOON), "")
    lost = " and ".join(f"{what} lost vendor support on {day(on)}" for on, what in past[:2])
    verb = "follows" if past else "loses vendor support"
    comes = " and ".join(f"{what} {verb} on {day(on)}" for on, what in soon[:2])
    more = len(past[2:]) + len(soon[2:])
    text = "; ".join(filter(None, (lost, comes, f"{more} more" if more else "")))
    if text:
        yield text[0].upper() + text[1:], first


def _soon(ends: list[tuple[date, str, HostDoc]], today: date) -> list[tuple[date, str, HostDoc]]:
    last: date = today + timedelta(days=LIFE_ENDS_SOON.days)
    return [one for one in ends if today <= one[0] <= last]


def _machine(standing: Facts, id_: str, host: HostDoc) -> str:
    if host.user and host.user in standing.people:
        return f"{first_word(standing.people[host.user].name)}'s PC"
    return _ROLES.get(host.role, id_)
