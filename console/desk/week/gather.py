"""Gathers from the record what a week is made of."""

from __future__ import annotations

from checks.finding import Finding
from checks.reading import CheckName, Instant, Reading
from console.desk.live.outages import outages_of, told_over
from console.desk.office import Office
from console.desk.week.standing import papers_of, standing_of
from console.incidents.events import Incident
from console.operating_model.entities import Client
from console.reports.weekly.facts import Judged, WeekFacts
from console.service_levels.intervals import Intervals, clip, difference, normal, union
from console.service_levels.timeline import HostRecord
from console.service_levels.weeks import IsoWeek
from console.store.enrolment import Agent
from console.store.standing import Change, key_of


def facts_of(office: Office, client: Client, wanted: IsoWeek, now: Instant) -> WeekFacts:
    """Everything that one client's week is made of."""
    start, end = wanted.bounds(client.zone)
    cut = min(end, now)
    agents = [agent for agent in office.ledger.agents.values() if agent.client == client.id]
    incidents = tuple(office.history.incidents_touching(client.id, start, end))
    firsts = ((agent.host, office.ledger.states[agent.agent].first_taken) for agent in agents)
    since: dict[str, Instant] = {}
    for host, first in firsts:
        if first is not None:
            since[host] = min(first, since.get(host, first))
    number = office.ledger.model.revisions.get(client.id)
    return WeekFacts(
        client=client,
        revision=f"{client.id} revision {number}" if number else "",
        week=wanted,
        now=now,
        hosts=host_records(office, client.id, incidents, (agents, start, cut)),
        since=since,
        incidents=incidents,
        findings=_findings(office, agents, cut),
        papers=papers_of(office, client),
        standing=standing_of(office, client, cut),
    )


def host_records(
    office: Office, client: str, incidents: tuple[Incident, ...], place: tuple[list[Agent], Instant, Instant]
) -> dict[str, HostRecord]:
    """What is known in a period of each host, over all the agents that it had, and of what else was told."""
    agents, start, cut = place
    told = told_over(outages_of(office, client), (start, cut))
    found: dict[str, HostRecord] = {}
    for name in {*(agent.host for agent in agents), *told}:
        mine = [agent for agent in agents if agent.host == name]
        known = normal(stretch for agent in mine for stretch in _known(office, agent, start, cut))
        by_incident = normal(
            (one.outage_from, one.recovered_at or cut)
            for one in incidents
            if one.opening.host == name and one.outage_from is not None
        )
        down, doubted = told.get(name, ((), ()))
        found[name] = HostRecord(known, union(clip(by_incident, start, cut), down), doubted)
    return found


def _known(office: Office, agent: Agent, start: Instant, cut: Instant) -> Intervals:
    state = office.ledger.states[agent.agent]
    ends = state.evidence_until
    if state.first_taken is None or ends is None:
        return ()
    whole = clip(((state.first_taken, ends),), start, cut)
    return difference(whole, office.history.silences(agent.agent, start, cut))


def _findings(office: Office, agents: list[Agent], cut: Instant) -> dict[str, tuple[Judged, ...]]:
    """Findings as the record has them just before the cut-off."""
    found: dict[str, list[Judged]] = {}
    for change in office.history.standing_at([agent.agent for agent in agents], cut):
        check = office.ledger.checks.get(CheckName(change.check))
        if check is not None:
            found.setdefault(change.host, []).append(Judged(check.family, _finding(office, change)))
    return {host: tuple(judged) for host, judged in found.items()}


def _finding(office: Office, change: Change) -> Finding:
    held = office.ledger.states[change.agent].held.get(key_of(change.check, change.subject))
    return Finding(
        check=CheckName(change.check),
        subject=change.subject,
        status=change.status,
        sentence=change.sentence,
        taken_at=change.at,
        evidence_until=change.at,
        value=change.value,
        items=held.seen.items if held and isinstance(held.seen, Reading) else (),
    )
