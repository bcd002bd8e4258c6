"""Gathers from the record what a week is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from checks.reading import Instant
from console.desk.live.outages import causes_over, outages_of, told_over
from console.desk.office import Office
from console.desk.week.copies import copies_of
from console.desk.week.found import findings_now, findings_of
from console.desk.week.standing import noise_of, standing_of
from console.desk.week.then import client_then, promised
from console.incidents.events import Incident, Kind
from console.operating_model.entities import Client
from console.operating_model.references.later import known_by
from console.operating_model.schema.facts import OutageRecord, WorkLogRecord
from console.operating_model.schema.records import RecordDoc
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.records import jobs
from console.service_levels.intervals import Interval, Intervals, clip, difference, normal, union
from console.service_levels.timeline import HostRecord, merged
from console.service_levels.weeks import IsoWeek
from console.store.enrolment import Agent

STANDING = ("outage", "maintenance", "decision")
"""Records that tell how services stood."""
KINDS = (
    *STANDING,
    "waiver",
    "action",
    "backup-run",
    "patch-scan",
    "patch-item",
    "restore-test",
    "work-log",
    "sign-off",
    "log",
    "comment",
    "absence",
)
"""Records that a week is made of; samples and incidents became history."""


def facts_of(office: Office, client: Client, wanted: IsoWeek, now: Instant) -> WeekFacts:
    """Everything that one client's week is made of."""
    facts = standing_facts(office, client, (wanted, now), KINDS)
    agents = [agent for agent in office.ledger.agents.values() if agent.client == client.id]
    standing = standing_of(office, facts.client, facts.cut)
    counted = noise_of(office, facts, agents)
    return replace(saw(office, facts), standing=standing, noise=counted)


def saw(office: Office, facts: WeekFacts) -> WeekFacts:
    """The same with what agents found by its cut-off, and the backup copies that they saw in the fortnight before.

    Of backups that were due before the cut-off, also what was seen until their windows were over.
    """
    agents = [agent for agent in office.ledger.agents.values() if agent.client == facts.client.id]
    over = min(facts.now, facts.cut + max((one.window for one in jobs(facts)), default=0))
    period = min(facts.start, facts.cut - 14 * 86_400), over
    copies = copies_of(office, agents, period)
    return replace(
        facts,
        findings=(findings_now if facts.now < facts.end else findings_of)(office, facts.client.id, agents, facts.cut),
        copies=copies.made,
        sighted=copies.sighted,
        after=known_of_hosts(office, facts.client.id, agents, (facts.cut, over)),
    )


def standing_facts(office: Office, client: Client, asked: tuple[IsoWeek, Instant], kinds: tuple[str, ...]) -> WeekFacts:
    """What the services of a week are made of: as `facts_of`, without what the agents found, with these records."""
    wanted, now = asked
    then, number = client_then(office, client, min(wanted.bounds(client.zone)[1], now))
    start, end = wanted.bounds(then.zone)  # a client that moved has another zone now
    cut = min(end, now)
    today = datetime.fromtimestamp(cut - 1, then.zone).date()
    first = wanted.reach(then.zone)[0]
    agents = [agent for agent in office.ledger.agents.values() if agent.client == client.id]
    incidents = tuple(office.history.incidents_touching(client.id, first, end))
    papers: dict[str, list[RecordDoc]] = {}
    if "work-log" in kinds:
        papers["work-log"] = list(logged_at_incidents(office, client, incidents, cut))
    for one in known_by(office.history.records(client.id, *kinds), cut, today):
        if isinstance(one, OutageRecord) and one.rejected_by:
            continue
        papers.setdefault(one.kind, []).append(one)
    return WeekFacts(
        client=then,
        revision=f"{client.id} revision {number}" if number else "",
        week=wanted,
        now=now,
        hosts=host_records(office, client.id, incidents, (agents, first, cut)),
        since=_since(office, agents),
        incidents=tuple(one for one in incidents if one.resolved_at is None or one.resolved_at >= start),
        findings={},
        papers={kind: tuple(records) for kind, records in papers.items()},
        promised=promised(office, then, wanted),
        until=_until(agents),
    )


def logged_at_incidents(
    office: Office, client: Client, incidents: Iterable[Incident], cut: Instant
) -> Iterator[WorkLogRecord]:
    """The minutes that people logged at incidents, as the records of work that others write."""
    people = (*client.people.values(), *office.ledger.model.provider.people.values())
    ids = {one.login: one.id for one in people if one.login}
    for incident in incidents:
        undone = {event.undoes for event in incident.events if event.kind is Kind.UNDONE}
        for place, event in enumerate(incident.events, 1):
            if event.kind is Kind.LOGGED and place not in undone and event.at < cut:
                start = datetime.fromtimestamp(event.at - 60 * event.minutes, UTC)
                yield WorkLogRecord.model_construct(
                    kind="work-log", client=client.id, person=ids.get(event.by, event.by), start=start,
                    minutes=event.minutes, travel_minutes=event.travel, incident=incident.number, text=event.text,
                )  # fmt: skip


def _since(office: Office, agents: list[Agent]) -> dict[str, Instant]:
    """When each host was first heard."""
    since: dict[str, Instant] = {}
    for agent in agents:
        first = office.ledger.states[agent.agent].first_taken
        if first is not None:
            since[agent.host] = min(first, since.get(agent.host, first))
    return since


def _until(agents: list[Agent]) -> dict[str, Instant]:
    """When each host that has no agent any more lost its last one."""
    living = {agent.host for agent in agents if agent.ended_at is None}
    until: dict[str, Instant] = {}
    for agent in agents:
        if agent.host not in living and agent.ended_at is not None:
            until[agent.host] = max(agent.ended_at, until.get(agent.host, agent.ended_at))
    return until


def host_records(
    office: Office, client: str, incidents: tuple[Incident, ...], place: tuple[list[Agent], Instant, Instant]
) -> dict[str, HostRecord]:
    """What is known in a period of each host, over all the agents that it had, and of what else was told."""
    agents, start, cut = place
    outages = outages_of(office, client)
    told = told_over(outages, (start, cut))
    by_incident = _by_incident(incidents, cut)
    heard = known_of_hosts(office, client, agents, (start, cut))
    causes = causes_over(outages, (start, cut))
    found: dict[str, HostRecord] = {}
    for name in {*heard, *told, *by_incident}:
        down, doubted = told.get(name, ((), ()))
        mine = by_incident.get(name, {})
        confirmed = clip(normal(span for spans in mine.values() for span in spans), start, cut)
        said = {party: clip(normal(spans), start, cut) for party, spans in mine.items() if party}
        found[name] = HostRecord(
            heard.get(name, ()), union(confirmed, down), doubted, merged((causes.get(name, {}), said))
        )
    return found


def _by_incident(incidents: tuple[Incident, ...], cut: Instant) -> dict[str, dict[str, list[Interval]]]:
    """By host, or by service where none is named, and by whose cause: the outages that people confirmed at an incident.

    What was voided was none.
    """
    found: dict[str, dict[str, list[Interval]]] = {}
    for one in incidents:
        about = one.opening.host or one.opening.service
        if about and one.outage_from is not None and one.state != "void":
            span = one.outage_from, one.recovered_at or cut
            found.setdefault(about, {}).setdefault(one.party, []).append(span)
    return found


def known_of_hosts(office: Office, client: str, agents: Iterable[Agent], period: Interval) -> dict[str, Intervals]:
    """By host, when its state is known in a period, over all the agents that it had."""
    found: dict[str, list[Interval]] = {}
    for agent, known in known_of_agents(office, client, agents, period):
        found.setdefault(agent.host, []).extend(known)
    return {host: normal(known) for host, known in found.items()}


def known_of_agents(
    office: Office, client: str, agents: Iterable[Agent], period: Interval
) -> Iterator[tuple[Agent, Intervals]]:
    """Each agent with the stretches of a period of which there is evidence."""
    silent = office.history.silences(client, *period)
    for agent in agents:
        state = office.ledger.states[agent.agent]
        first, ends = state.first_taken, state.evidence_until
        heard = () if first is None or ends is None else clip(((first, ends),), *period)
        yield agent, difference(heard, normal(silent.get(agent.agent, ())))
