"""What an import would add, and everything that is wrong with it: worked out on a snapshot, outside of the loop."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import groupby

import msgspec

from checks.check import Check
from checks.reading import CheckName, Instant, Machine
from checks.standard import Standard
from console.incidents.events import Event, Incident, NotAllowed
from console.incidents.recorded import event_of, opening_of
from console.incidents.states import fold, step
from console.operating_model.entities import Model
from console.operating_model.mapping import standard_for
from console.operating_model.records import Line
from console.operating_model.references.facts import latest
from console.operating_model.references.records import name_of, told
from console.operating_model.schema.facts import WorkLogRecord
from console.operating_model.schema.incidents import IncidentEventRecord, IncidentRecord
from console.operating_model.schema.records import RestoreTestRecord
from console.operating_model.schema.samples import SampleRecord, Samples, SamplesRecord
from console.operating_model.schema.scalars import seconds
from console.store.enrolment import Agent
from console.store.fold import Judging
from console.store.history import History
from console.store.imported import Imported, fold_samples, spreads_of
from console.store.papers import Paper
from console.store.standing import AgentState

TOLERATED = 300
"""Seconds by which a record may be ahead of the console's clock."""
_DAY_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Before:
    """How things stand when an import begins."""

    model: Model
    checks: Mapping[CheckName, Check]
    agents: Mapping[str, Agent]
    states: Mapping[str, AgentState]
    known: Callable[[int], Incident | None]
    """An incident that lives in memory, where it is ahead of the record; None for one that is not."""
    history: History
    now: Instant
    login: str


@dataclass(slots=True)
class Plan:
    """What would be added; with problems, by line, nothing is."""

    imported: Imported = field(default_factory=Imported)
    problems: list[tuple[int, str]] = field(default_factory=list)
    sound: Sequence[Line] = ()
    """The lines that nothing is wrong with by themselves."""
    refused: list[tuple[int, str]] = field(default_factory=list)
    """Lines that the table of 4.2 does not have, as the incidents stood."""


def planned(before: Before, lines: Sequence[Line]) -> Plan:
    """The plan for these lines; those that are kept already are left out."""
    plan = Plan()
    new = _new(before, lines, plan)
    for line in new:
        plan.problems += [(line.number, text) for text in _wrong(before, line)]
    wrong = {number for number, _ in plan.problems}
    plan.sound = [line for line in new if line.number not in wrong]
    step_incidents(before, plan)
    _worked(before, plan.sound, plan)
    for place, stretches in _by_host(plan.sound):
        _history(before, place, stretches, plan)
    return plan


def _new(before: Before, lines: Sequence[Line], plan: Plan) -> list[Line]:
    """The lines that are not there yet, each once; their papers are in the plan."""
    known = before.history.digests(sorted({line.record.client for line in lines}))
    new: list[Line] = []
    for line in lines:
        digest = hashlib.sha256(line.body.encode()).hexdigest()
        if digest not in known:
            known.add(digest)
            new.append(line)
            record = line.record
            paper = Paper(record.client, record.kind, name_of(record), before.now, before.login, digest, line.body)
            plan.imported.papers.append(paper)
    return new


def _wrong(before: Before, line: Line) -> Iterator[str]:
    yield from told(line.record, before.model)
    at = latest(line.record)
    if at is not None and at > before.now + TOLERATED:
        yield f"lies {timedelta(seconds=at - before.now)} ahead of the console's clock; write what has happened"
    client = before.model.clients.get(line.record.client)
    if isinstance(line.record, RestoreTestRecord) and client is not None:
        on = line.record.at
        if on > datetime.fromtimestamp(before.now, client.zone).date():
            yield f"{on} has not come yet; write what has happened"


def _by_host(lines: Sequence[Line]) -> Iterator[tuple[tuple[str, str], list[tuple[Line, Samples]]]]:
    """The samples of each host, in order of time."""
    found = [(line, line.record) for line in lines if isinstance(line.record, SampleRecord | SamplesRecord)]
    found.sort(key=lambda one: (one[1].client, one[1].host, one[1].span[0]))
    for place, stretches in groupby(found, key=lambda one: (one[1].client, one[1].host)):
        yield place, list(stretches)


def _history(before: Before, place: tuple[str, str], found: list[tuple[Line, Samples]], plan: Plan) -> None:
    """Fold the samples of one host behind what it has; samples that overlap, or come too late, are told."""
    client, host = place
    living = [one for one in before.agents.values() if (one.client, one.host) == place and one.ended_at is None]
    if any(not one.is_imported for one in living):
        why = f"{host} has an agent of its own; samples of it are not imported"
        plan.problems += [(line.number, why) for line, _ in found]
        return
    agent = living[0] if living else _enrolled(before, client, host, found[0][1].span[0])
    state = before.states.get(agent.agent) or AgentState(agent.agent, client, agent.site, host)
    reached, clashes = state.taken_at, len(plan.problems)
    for line, one in found:
        if reached is not None and one.span[0] <= reached:
            plan.problems.append((line.number, f"{host} has samples up to {_said(reached)} already; samples overlap"))
        reached = max(reached or 0, one.span[1])
    if len(plan.problems) > clashes:
        return
    if not living:
        plan.imported.agents[agent.agent] = agent
    stretches = [one for _, one in found]
    os = before.model.clients[client].hosts[host].os
    grown = fold_samples(state, stretches, _judging(before, client, host), plan.imported.batch)
    plan.imported.states[agent.agent] = msgspec.structs.replace(grown, machine=Machine(host, os))
    plan.imported.spreads[agent.agent] = spreads_of(stretches, before.checks, before.now)


def _enrolled(before: Before, client: str, host: str, at: Instant) -> Agent:
    site = before.model.clients[client].hosts[host].site
    earlier = sum((one.client, one.host) == (client, host) for one in before.agents.values())
    return Agent(f"imported-{client}-{host}-{earlier + 1}", client, site, host, host, "", "", "", at)


def _judging(before: Before, client: str, host: str) -> Judging:
    @cache
    def standard_of(check: Check, subject: str) -> Standard:
        return standard_for(before.model, client, host, check, subject)

    return Judging(before.checks, standard_of, before.now, before.model.clients.get(client))


def step_incidents(before: Before, plan: Plan) -> None:
    """Openings first, then events in order of time; what the table of 4.2 has not is told.

    The rest of a plan does not ask how incidents stand, so where they moved meanwhile this alone is done again.
    """
    batch = plan.imported.batch
    plan.refused, plan.imported.incidents, batch.incidents, batch.events, batch.ended = [], {}, [], [], {}
    for line in plan.sound:
        if isinstance(line.record, IncidentRecord):
            _opened(before, line, line.record, plan)
    events = [(line, line.record) for line in plan.sound if isinstance(line.record, IncidentEventRecord)]
    for line, record in sorted(events, key=lambda one: (one[1].number, seconds(one[1].at))):
        event = event_of(record, before.model)
        try:
            _stepped(before, record, event, plan)
        except NotAllowed as error:
            plan.refused.append((line.number, str(error)))


def _opened(before: Before, line: Line, record: IncidentRecord, plan: Plan) -> None:
    opening = opening_of(record)
    known = _incident(before, record.number, plan)
    if known is None:
        plan.imported.incidents[record.number] = fold(opening, ())
        row = {"incident": record.number, "client": record.client, "detected_at": opening.detected_at}
        plan.imported.batch.incidents.append({**row, "ended_at": None, "opening": msgspec.json.encode(opening)})
    elif known.opening != opening:
        title = f": {known.opening.title}" if known.opening.client == record.client else ", of another client"
        plan.refused.append((line.number, f"incident {record.number} is another one{title}"))


def _stepped(before: Before, record: IncidentEventRecord, event: Event, plan: Plan) -> None:
    incident = _incident(before, record.number, plan)
    if incident is None or incident.opening.client != record.client:
        raise NotAllowed(f"there is no incident {record.number}")
    root = _incident(before, event.parent, plan) if event.parent else None
    if event.parent and (event.parent == record.number or root is None or root.opening.client != record.client):
        raise NotAllowed(f"there is no other incident {event.parent} to merge it under")
    if incident.events and event.at <= incident.events[-1].at:
        last = f"incident {record.number} has events up to {_said(incident.events[-1].at)} already"
        raise NotAllowed(f"{last}; they must come one after another, and none twice")
    incident = step(incident, event)
    plan.imported.incidents[record.number] = incident
    batch = plan.imported.batch
    batch.events.append({"incident": record.number, "at": event.at, "body": msgspec.json.encode(event)})
    batch.ended[record.number] = None if incident.is_open else incident.resolved_at


def _incident(before: Before, number: int, plan: Plan) -> Incident | None:
    return plan.imported.incidents.get(number) or before.known(number) or before.history.incident(number)


def _worked(before: Before, lines: Sequence[Line], plan: Plan) -> None:
    """Nobody works more than 24 hours a day (2.3), by the client's own days."""
    new = [(line, line.record) for line in lines if isinstance(line.record, WorkLogRecord)]
    minutes: dict[tuple[str, str, str], int] = {}
    for client in sorted({record.client for _, record in new}):
        for record in before.history.records(client, "work-log"):
            if isinstance(record, WorkLogRecord):
                key = _day(before, record)
                minutes[key] = minutes.get(key, 0) + record.minutes
    for line, record in new:
        key = _day(before, record)
        minutes[key] = minutes.get(key, 0) + record.minutes
        if minutes[key] > _DAY_MINUTES:
            why = f"{record.person} has worked {minutes[key]} minutes on {key[2]}; a day has {_DAY_MINUTES}"
            plan.problems.append((line.number, why))


def _day(before: Before, record: WorkLogRecord) -> tuple[str, str, str]:
    zone = before.model.clients[record.client].zone
    return record.client, record.person, record.start.astimezone(zone).date().isoformat()


def _said(at: Instant) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
