"""The week of one client as a value: availability, incidents, patches, backups; unknown stays unknown.

`FORMULA` names the version of the formulas (operating-model.md, 3.1 to 3.3); a number is comparable only within one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from checks.check import Family
from checks.finding import Finding
from checks.reading import Instant
from console.incidents.clock import own_promise, solve_promise
from console.incidents.events import Incident
from console.operating_model.entities import ALWAYS, Client, Service
from console.pages.week import Availability, BackupLine, PatchLine, Silence, Week, WeekIncident
from console.reports.wording import headline
from console.service_levels.availability import Figures, figures
from console.service_levels.hours import covered
from console.service_levels.intervals import clip, difference
from console.service_levels.timeline import HostRecord, Stood, services_stood
from console.service_levels.weeks import IsoWeek

FORMULA = "1"
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Judged:
    """One finding as it stood at the end of the period, with the family of its check."""

    family: Family
    finding: Finding


@dataclass(frozen=True, slots=True)
class WeekFacts:
    """Everything that a week is made of."""

    client: Client
    revision: str
    week: IsoWeek
    now: Instant
    hosts: Mapping[str, HostRecord]
    since: Mapping[str, Instant]
    """When each host was first heard: nothing is due before."""
    incidents: tuple[Incident, ...]
    findings: Mapping[str, tuple[Judged, ...]]


def weekly(facts: WeekFacts) -> Week:
    """The week."""
    client = facts.client
    start, end = facts.week.bounds(client.zone)
    cut = min(end, facts.now)
    stood = services_stood(client, facts.hosts)
    lines = tuple(
        _availability(facts, service, stood[service.id], (start, cut)) for service in client.services.values()
    )
    incidents = tuple(_incident(facts, one) for one in facts.incidents)
    return Week(
        client=client.id,
        client_name=client.name,
        week=facts.week.name,
        zone=str(client.zone),
        start=start,
        end=end,
        now=facts.now,
        so_far=facts.now < end,
        headline=headline(lines, incidents),
        services=lines,
        incidents=incidents,
        patches=tuple(_patches(facts)),
        backups=tuple(_backups(facts)),
        silences=tuple(_silences(facts, start, cut)),
        revision=facts.revision,
        formula=FORMULA,
    )


def _availability(facts: WeekFacts, service: Service, stood: Stood, period: tuple[Instant, Instant]) -> Availability:
    begins = min(
        (facts.since[host] for host in _hosts(facts.client, service) if host in facts.since), default=period[1]
    )
    calendar = facts.client.calendars.get(service.hours, ALWAYS)
    hours = covered(calendar, facts.client.zone, max(period[0], begins), period[1])
    seconds = figures(stood, hours)
    target = None if service.availability is None else Fraction(service.availability).limit_denominator(1_000_000)
    person = facts.client.people.get(service.owner)
    return Availability(
        service=service.id,
        name=service.name,
        owner=person.name if person else service.owner,
        eligible=seconds.eligible,
        known=seconds.known,
        down=seconds.down,
        unknown=seconds.unknown,
        availability=seconds.words(seconds.availability),
        coverage=seconds.words(seconds.coverage),
        target="" if target is None else f"{float(target) * 100:g} %",
        verdict=seconds.verdict(target),
        low=_bound(seconds, seconds.low),
        high=_bound(seconds, seconds.high),
    )


def _bound(seconds: Figures, value: Fraction | None) -> str:
    return seconds.words(value) if seconds.eligible else ""


def _hosts(client: Client, service: Service) -> Iterator[str]:
    """Every host below a service, and those that look at what has no agent."""
    for member in service.needs.members:
        if member in client.hosts:
            yield member
        elif member in client.externals:
            yield from filter(None, [client.externals[member].probing_host])
        else:
            yield from _hosts(client, client.services[member])


def _incident(facts: WeekFacts, one: Incident) -> WeekIncident:
    own, solve = own_promise(facts.client, one, facts.now), solve_promise(facts.client, one, facts.now)
    return WeekIncident(
        incident=one.number,
        title=one.opening.title,
        service=one.opening.service,
        host=one.opening.host,
        severity=one.opening.severity.value,
        state=one.state,
        owner=one.owner,
        detected_at=one.opening.detected_at,
        resolved_at=one.resolved_at,
        own_verdict=own.verdict if own else "",
        solve_verdict=solve.verdict if solve else "",
    )


def _patches(facts: WeekFacts) -> Iterator[PatchLine]:
    for host, judged in sorted(facts.findings.items()):
        by_name = {one.finding.check: one.finding for one in judged if one.family is Family.PATCH}
        if not by_name:
            continue
        worst = max(by_name.values(), key=lambda finding: finding.status.rank)
        security = by_name.get("security_updates")  # type: ignore[call-overload]  # names are plain strings inside
        updates, lists = by_name.get("updates"), by_name.get("package_lists")  # type: ignore[call-overload]
        yield PatchLine(
            host=host,
            status=worst.status.value,
            pending=_count(updates),
            security=len(security.items) if security else None,
            oldest_security_days=_days(facts, security),
            lists_age_days=_days(facts, lists),
            sentence=worst.sentence,
        )


def _backups(facts: WeekFacts) -> Iterator[BackupLine]:
    for host, judged in sorted(facts.findings.items()):
        for one in judged:
            finding = one.finding
            if one.family is Family.BACKUP:
                is_since = finding.check in ("restic_snapshots", "newest_file") and finding.value is not None
                newest = int(finding.value or 0) if is_since else None
                yield BackupLine(host, finding.check, finding.subject, finding.status.value, newest, finding.sentence)


def _silences(facts: WeekFacts, start: Instant, cut: Instant) -> Iterator[Silence]:
    for host, record in sorted(facts.hosts.items()):
        begins = max(start, facts.since.get(host, cut))
        for silent in difference(clip(((begins, cut),), begins, cut), record.known):
            yield Silence(host, *silent)


def _count(finding: Finding | None) -> int | None:
    return None if finding is None or finding.value is None else round(finding.value)


def _days(facts: WeekFacts, finding: Finding | None) -> int | None:
    """Whole days since the instant that a finding names, rounded down."""
    if finding is None or finding.value is None:
        return None
    return max(0, int(facts.now - finding.value)) // _DAY
