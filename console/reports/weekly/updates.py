"""Section 3 of the page, updates: how hosts stand with updates of each severity, and who let which wait (K6, K7).

Scans and items come from records. For a host of which no record tells, what its agent saw counts: security updates that
wait have no severity there, so they are held to the strictest limit, and nothing is said of the other severities.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from checks.check import Family
from checks.finding import Finding
from checks.reading import Instant, Item
from checks.text import clean
from console.operating_model.mapping import carried
from console.operating_model.schema.facts import PatchItemRecord, PatchScanRecord
from console.operating_model.schema.governance import WaiverDoc
from console.operating_model.schema.records import WaiverRecord
from console.operating_model.schema.scalars import seconds
from console.pages.week_sections import UpdateLine
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.numbers import LIGHTS
from console.reports.weekly.records import day_of, local, of, today, wanted
from console.reports.weekly.spoken import day
from console.service_levels.kpis.patches import SEVERITIES, HostPatches, Missing, compliance, standing

_DAY = 86_400
_WEEK = 7 * _DAY


@dataclass(frozen=True, slots=True)
class Updates:
    """How every host stood at the cut-off. Limits and ages are whole days."""

    policy: str
    limits: dict[str, int]
    assessed: dict[str, bool]
    """By host, whether it was looked at lately enough."""
    missing: tuple[Missing, ...]
    stood: tuple[HostPatches, ...]
    looked: dict[str, Instant]
    """By host, when it was looked at last."""

    def line(self, severity: str) -> tuple[HostPatches, ...]:
        """Hosts in one severity."""
        return tuple(one for one in self.stood if one.severity == severity)


@lru_cache(maxsize=2)
def updates(facts: WeekFacts) -> Updates | None:
    """How things stood at the cut-off; None where no policy limits how long updates may wait."""
    doc = facts.client.doc
    policies = doc.policies.items() if doc else ()
    name, policy = next(((name, one) for name, one in policies if one.limits), ("", None))
    if policy is None:
        return None
    limits = {severity: policy.limits[severity] // _DAY for severity in SEVERITIES if severity in policy.limits}
    looked = _looked(facts)
    oldest = facts.cut - (_WEEK if policy.scan_max_age is None else policy.scan_max_age)
    assessed = {host: looked.get(host, oldest - 1) >= oldest for host in facts.client.hosts}
    missing = tuple(_missing(facts, name))
    stood = standing(assessed, missing, limits, today(facts))
    return Updates(name, limits, assessed, missing, _told_by_agents(facts, stood, name, limits), looked)


def _looked(facts: WeekFacts) -> dict[str, Instant]:
    found: dict[str, Instant] = {}
    for one in of(facts, "patch-scan", PatchScanRecord):
        if seconds(one.at) < facts.cut:
            found[one.host] = max(seconds(one.at), found.get(one.host, 0))
    return found


def _missing(facts: WeekFacts, name: str) -> Iterator[Missing]:
    waivers = [one for one in of(facts, "waiver", WaiverRecord) if one.policy == name and _is_in_force(one, facts)]
    for one in _items(facts):
        since = one.available_at or one.first_seen
        if one.is_missing and seconds(since) < facts.cut and one.host in facts.client.hosts:
            leave = next((waiver for waiver in waivers if _covers(facts, waiver, one)), None)
            waived_until = leave.ends if leave else None
            yield Missing(
                one.host, one.id, one.severity, day_of(facts, since), one.state != "missing",
                leave.id if leave else "", waived_until,
            )  # fmt: skip


def _items(facts: WeekFacts) -> Iterable[PatchItemRecord]:
    """Every update of a host as it stood at the cut-off: as it was last seen before.

    One that was only seen later was missing from when it was first seen; that a host has it by now says nothing.
    """
    found: dict[tuple[str, str], PatchItemRecord] = {}
    for one in sorted(of(facts, "patch-item", PatchItemRecord), key=lambda one: one.seen_at):
        place = (one.host, one.id)
        if one.seen_at < facts.cut or (place not in found and one.is_missing):
            found[place] = one
    return found.values()


def _is_in_force(waiver: WaiverDoc, facts: WeekFacts) -> bool:
    """3.6: approved, and at ≤ cut-off − 1 s < expires; a bare date is its local midnight."""
    return bool(waiver.approved_by) and waiver.begins <= today(facts) < waiver.ends


def _covers(facts: WeekFacts, waiver: WaiverDoc, item: PatchItemRecord) -> bool:
    """Whether everything that its scope names is this update's."""
    fits = {"host": item.host, "patch": item.id, "severity": item.severity}
    service = waiver.scope.get("service", "")
    is_served = not service or service in carried(facts.client, item.host)
    return is_served and all(fits.get(key) == value for key, value in waiver.scope.items() if key != "service")


def _told_by_agents(
    facts: WeekFacts, stood: tuple[HostPatches, ...], name: str, limits: dict[str, int]
) -> tuple[HostPatches, ...]:
    """The same, with what agents see of hosts of which no record tells anything that is young enough."""
    blind = dict.fromkeys(one.host for one in stood if one.state == "unseen")
    seen = {host: _seen(facts, host, name, limits) for host in blind}
    return tuple(seen[one.host].get(one.severity, one) if one.host in seen else one for one in stood)


def _seen(facts: WeekFacts, host: str, name: str, limits: dict[str, int]) -> dict[str, HostPatches]:
    """What an agent sees: nothing waits at all; or no security update does; or some do, since then.

    An update whose maker tells no severity is held to the strictest; where all are told, the grave ones stand apart.
    """
    seen = [one.finding for one in facts.findings.get(host, ()) if one.family is Family.PATCH and one.is_seen]
    found = {str(one.check): one for one in seen if not one.subject}
    security = found.get("security_updates")
    if security is None or _is_stale(facts, found):
        return {}
    grave = [one for one in ("critical", "high") if one in limits]
    if security.value is None:
        waiting = [one.value for one in seen if one.check == "updates"]
        fine = limits if waiting and not any(waiting) and None not in waiting else grave
        return {severity: HostPatches(host, severity, "within") for severity in fine}
    waits = tuple(_waiting(facts, host, security, (name, limits)))
    is_told = bool(security.items) and all(one.severity for one in security.items)
    named = {one.severity for one in waits} | set(grave if is_told else ())
    judged = {severity: limit for severity, limit in limits.items() if severity in named}
    return {one.severity: one for one in standing({host: True}, waits, judged, today(facts))}


def _waiting(facts: WeekFacts, host: str, security: Finding, policy: tuple[str, dict[str, int]]) -> Iterator[Missing]:
    """Security updates that an agent saw; leave counts where it names host and update."""
    name, limits = policy
    strictest = min(limits, key=lambda one: limits[one])
    waivers = [one for one in of(facts, "waiver", WaiverRecord) if one.policy == name and _is_in_force(one, facts)]
    oldest = int(security.value or 0)
    for one in security.items or [Item("security updates")]:
        item, since, severity = one.name, one.since or oldest, one.severity if one.severity in limits else strictest
        fits = {"host": host, "patch": item, "severity": one.severity}
        leave = next(
            (leave for leave in waivers if all(fits.get(key) == value for key, value in leave.scope.items())), None
        )
        on, until = local(facts, since).date(), leave.ends if leave else None
        yield Missing(host, item, severity, on, waived_by=leave.id if leave else "", waived_until=until)


def _is_stale(facts: WeekFacts, found: dict[str, Finding]) -> bool:
    """Whether what it knows about updates is too old to say anything."""
    lists = found.get("package_lists")
    return lists is not None and (lists.value is None or facts.cut - lists.value > _WEEK)


def update_lines(facts: WeekFacts, found: Updates | None) -> tuple[UpdateLine, ...]:
    """A line for severities that stand alike."""
    lines: list[UpdateLine] = []
    for severity in found.limits if found else ():
        line = _line(facts, found.line(severity), severity) if found else None
        if line is None:
            continue
        if lines and (lines[-1].words, lines[-1].light) == (line.words, line.light):
            lines[-1] = UpdateLine((*lines[-1].severities, severity), *_counts(lines[-1]), line.words, line.light)
        else:
            lines.append(line)
    return tuple(lines)


def _counts(line: UpdateLine) -> tuple[int, int, int, int, int]:
    return line.good, line.waived, line.late, line.due_soon, line.unseen


def _line(facts: WeekFacts, hosts: tuple[HostPatches, ...], severity: str) -> UpdateLine:
    counts = {
        state: sum(one.state == state for one in hosts) for state in ("within", "soon", "late", "waived", "unseen")
    }
    policy, _ = compliance(hosts, severity)
    return UpdateLine(
        severities=(severity,),
        good=counts["within"],
        waived=counts["waived"],
        late=counts["late"],
        due_soon=counts["soon"],
        unseen=counts["unseen"],
        words=_words(facts, hosts, counts),
        light=LIGHTS.get(policy.verdict(wanted(facts, f"patch_{severity}")), ""),
    )


def _words(facts: WeekFacts, hosts: tuple[HostPatches, ...], counts: dict[str, int]) -> str:
    said = [f"{counts['within'] + counts['soon']} good"]
    if counts["waived"]:
        said.append(f"{counts['waived']} waived ({_leave(facts, hosts)})")
    if counts["late"]:
        said.append(_late(facts, [one for one in hosts if one.state == "late"]))
    if counts["unseen"]:
        said.append(f"{counts['unseen']} not visible")
    return ", ".join(said)


def _leave(facts: WeekFacts, hosts: tuple[HostPatches, ...]) -> str:
    waived = [one for one in hosts if one.state == "waived"]
    ends = [one.oldest.waived_until for one in waived if one.oldest and one.oldest.waived_until]
    who = ", ".join(dict.fromkeys(_serves(facts, one.host) for one in waived))
    return f"{who}, to {day(min(ends))}" if ends else who


def _late(facts: WeekFacts, hosts: list[HostPatches]) -> str:
    over = max((lateness(facts, one) for one in hosts), default=0)
    who = ", ".join(
        clean(one.host) + (" restart" if one.oldest and one.oldest.waits_for_restart else "") for one in hosts
    )
    days = f"{over} day{'s' if over != 1 else ''}"
    return f"{len(hosts)} late {'up to ' if len(hosts) > 1 else ''}{days} ({who})"


def lateness(facts: WeekFacts, one: HostPatches) -> int:
    """Whole days beyond the limit; negative while there is time left."""
    doc = facts.client.doc
    limits = next((policy.limits for policy in doc.policies.values() if policy.limits), {}) if doc else {}
    limit = limits.get(one.severity, 0) // _DAY
    return one.oldest.age(today(facts)) - limit if one.oldest else -limit


def _serves(facts: WeekFacts, host: str) -> str:
    """The first service that stands on a host, else the host."""
    found = facts.client.in_order(carried(facts.client, host))
    return clean(facts.client.services[found[0]].name) if found else clean(host)


def oldest_day(found: Updates) -> date | None:
    """Since when the oldest update waits."""
    return min((one.since for one in found.missing), default=None)
