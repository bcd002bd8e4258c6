"""What the record shows of the work itself: incidents, evidence and coverage, for an assessment to set beside paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from checks.check import Check, Family
from checks.finding import Status
from checks.reading import Instant
from console.desk.assessment.frozen import frozen_past
from console.desk.live import findings
from console.desk.live.budgets import kept_now
from console.desk.live.hosts import living
from console.desk.office import Asked, Office
from console.desk.week.gather import known_of_agents
from console.incidents.clock import own_promise, solve_promise
from console.incidents.events import Event, Incident, Kind
from console.incidents.states import fold
from console.operating_model.assess.practice import FOUR_WEEKS, QUARTER, Handled, Practice
from console.operating_model.assess.said import cause_in, ticket_in
from console.operating_model.entities import Client
from console.operating_model.gaps.gap import Facts
from console.operating_model.schema.records import RecordDoc, WaiverRecord

_WEEK = 7 * 86_400
_KPI_OF = {"security_updates": ("patch_critical", "patch_high"), "updates": ("patch_moderate", "patch_low")}
_FAMILIES = {"patching": Family.PATCH, "backups": Family.BACKUP}


@dataclass(frozen=True, slots=True)
class Before:
    """What an earlier assessment tells of the later one."""

    gaps: frozenset[str] | None = None
    users: int | None = None
    runbooks: frozenset[str] = frozenset()


def practice_of(office: Office, asked: Asked, facts: Facts, before: Before) -> Practice:
    """The live facts of one client, as they stood at `asked.now`."""
    client, at = facts.client, asked.now
    handled = tuple(_incidents(office, facts, at))
    seen = _seen(office, client, at)
    joined = _joined(office, client, at)
    kept, known = _service_levels(office, client, at) if joined else ({}, {})
    past = frozen_past(office, client, at)
    return Practice(
        now=at,
        incidents=handled,
        coverage=known,
        availability=kept,
        seen=seen,
        joined=joined,
        unplanned=tuple(sorted(joined.keys() - client.hosts.keys())),
        measured=frozenset(_measured(handled, seen, kept, at)),
        noise=_noise(handled, at),
        kpi_weeks=past.kpi_weeks if past else None,
        budget_weeks=past.budget_weeks if past else None,
        missed_twice=past.missed_twice if past else None,
        missed_kpis=past.missed_kpis if past else None,
        frozen_on_time=past.on_time if past else None,
        changed_runbooks=before.runbooks,
        citing=frozenset(_named(one) for one in facts.records if one.model_dump().get("cites")),
        users_before=before.users,
        gaps_before=before.gaps,
    )


def deviating(office: Office, facts: Facts, now: Instant) -> frozenset[str]:
    """Waivers whose deviation agents still see (G12): a check of the policy is not fine on the host of the scope."""
    policies = facts.doc.policies
    waivers = [one for one in facts.of(WaiverRecord) if one.policy in policies]
    bad = {agent.host: _bad(office, agent.agent, now) for agent in living(office, facts.client.id)} if waivers else {}
    return frozenset(
        one.id
        for one in waivers
        for check in bad.get(one.scope.get("host", ""), ())
        if check.family is _FAMILIES.get(one.policy) or check.name in policies[one.policy].checks
    )


def _bad(office: Office, agent: str, now: Instant) -> list[Check]:
    standing = findings.standing(office, office.ledger.shown(agent), now)
    return [one.check for one in standing if one.finding.status in (Status.WATCH, Status.BREACH)]


def _incidents(office: Office, facts: Facts, at: Instant) -> Iterator[Handled]:
    """Incidents of the last 90 days, as far as they had come by then."""
    causes = {str(one.get("incident")): str(one.get("cause", "")) for one in _outages(facts)}
    references = {str(one.get("incident")): str(one.get("supplier_ref", "")) for one in _outages(facts)}
    doc = facts.doc
    suppliers = [*doc.suppliers, *(one.name for one in doc.suppliers.values())]
    for one in office.history.incidents_touching(facts.client.id, at - QUARTER, at + 1):
        then = fold(one.opening, [event for event in one.events if event.at <= at])
        if then.state == "child":
            continue  # it is counted as its parent
        notes = [event.text for event in then.events if event.by]
        number = str(one.number)
        ended = next((event.text for event in reversed(then.events) if event.kind is Kind.RESOLVED), "")
        cause = causes.get(number) or cause_in(ended, suppliers)
        yield _handled(facts.client, then, at, (cause, references.get(number) or ticket_in(notes)))


def _outages(facts: Facts) -> Iterator[Mapping[str, object]]:
    yield from (one.model_dump() for one in facts.records if str(one.kind) == "outage")


def _handled(client: Client, one: Incident, at: Instant, told: tuple[str, str]) -> Handled:
    own, solve = own_promise(client, one, at), solve_promise(client, one, at)
    had = [event.by for event in one.events if event.kind is Kind.OWNED]
    is_urgent = own is not None and own.due_at is not None
    due = own.due_at if own is not None and own.due_at is not None else at
    until = one.owned_at or one.resolved_at or at
    return Handled(
        id=f"#{one.number}",
        kind=one.opening.check or one.opening.subject or one.opening.title,
        service=one.opening.service,
        severity=one.severity.value,
        detected_at=one.opening.detected_at,
        owned_at=one.owned_at,
        resolved_at=one.resolved_at,
        cause=told[0],
        supplier_ref=told[1],
        path=_path(one.events),
        unowned=max(0, until - due) if is_urgent and not one.cleared else 0,
        owners=len(had),
        is_cleared=one.cleared,
        is_void=one.state == "void",
        reopened=sum(event.kind.value == "reopened" for event in one.events),
        own_verdict=own.verdict if own else "",
        solve_verdict=solve.verdict if solve else "",
    )


def _path(events: tuple[Event, ...]) -> tuple[str, ...]:
    """What people did, each kind once in a row."""
    kinds = [event.kind.value for event in events if event.by]
    return tuple(kind for place, kind in enumerate(kinds) if place == 0 or kind != kinds[place - 1])


def _seen(office: Office, client: Client, at: Instant) -> dict[str, frozenset[str]]:
    """By check, the hosts from which there is evidence of the seven days before; not what was seen later."""
    since = at - _WEEK
    mine = [agent for agent in office.ledger.agents.values() if agent.client == client.id]
    heard = [agent for agent, known in known_of_agents(office, client.id, mine, (since, at + 1)) if known]
    ids = [one.agent for one in heard]
    standing = office.history.standing_at(ids, since)
    stood = {(one.check, one.host) for one in standing if one.status is not Status.UNKNOWN}
    found: dict[str, set[str]] = {"checkin": {one.host for one in heard}} if heard else {}
    for check, host in stood | office.history.seen_between(ids, since, at + 1):
        found.setdefault(check, set()).add(host)
    return {check: frozenset(hosts) for check, hosts in found.items()}


def _joined(office: Office, client: Client, at: Instant) -> dict[str, Instant]:
    """When each host that checks in first joined, or was first heard."""
    joined: dict[str, Instant] = {}
    for agent in office.ledger.agents.values():
        first = office.ledger.states[agent.agent].first_taken or agent.joined_at
        since = min(first, agent.joined_at)
        if agent.client == client.id and since <= at:
            joined[agent.host] = min(since, joined.get(agent.host, since))
    return joined


Shares = dict[str, Fraction | None]


def _service_levels(office: Office, client: Client, at: Instant) -> tuple[Shares, Shares]:
    """K1 and K2 of each service over the last four ISO weeks, this one so far included (3.1)."""
    months = {id_: one.month.seconds for id_, one in kept_now(office, client, at).items()}
    kept = {id_: seconds.availability for id_, seconds in months.items()}
    return kept, {id_: seconds.coverage for id_, seconds in months.items()}


def _measured(
    handled: tuple[Handled, ...], seen: Mapping[str, frozenset[str]], kept: Shares, at: Instant
) -> Iterator[str]:
    """KPIs that have a value of the last seven days."""
    lately = [one for one in handled if (one.resolved_at or at) >= at - _WEEK]
    yield from (kpi for check, kpis in _KPI_OF.items() if check in seen for kpi in kpis)
    facts = {
        "availability": any(share is not None for share in kept.values()),
        "checkin": "checkin" in seen,
        "backup_success": bool({"newest_file", "restic_snapshots"} & seen.keys()),
        "sla_own": any(one.own_verdict for one in lately),
        "sla_resolve": any(one.solve_verdict for one in lately),
        "noise": bool(lately),
    }
    yield from (kpi for kpi, is_there in facts.items() if is_there)


def _noise(handled: tuple[Handled, ...], at: Instant) -> Fraction | None:
    """K17 over 28 days, of what became an incident: what ended without work, or was none, ÷ what was raised."""
    raised = [one for one in handled if one.detected_at >= at - FOUR_WEEKS]
    return Fraction(sum(one.is_cleared or one.is_void for one in raised), len(raised)) if raised else None


def _named(record: RecordDoc) -> str:
    return str(record.model_dump().get("id", ""))
