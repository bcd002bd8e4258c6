"""The pages about hosts: the list, one host, findings."""

from __future__ import annotations

from collections.abc import Iterator

from checks.finding import Impact, Status, worst
from checks.reading import Instant
from console.desk.live import findings, trace
from console.desk.model.observed import observed
from console.desk.office import Asked, Office, Pages, client_of, clients
from console.desk.refusal import DeskRefusal, Kind
from console.operating_model.entities import Host
from console.operating_model.observed import entry
from console.pages.hosts import (
    Findings,
    HostPage,
    HostRow,
    Hosts,
    Serves,
)
from console.store.enrolment import Agent
from console.store.ledger import SILENCE
from console.store.standing import AgentState

WAITS = "waits for approval"
_BAD = (Status.WATCH, Status.UNKNOWN, Status.BREACH)


def hosts(office: Office, asked: Asked) -> Hosts:
    """Every host that is expected or that checks in, the worst first."""
    rows = [row for client in clients(office, asked) for row in _rows(office, client, asked.now)]
    rows.sort(key=lambda row: (-row.status.rank, row.client, row.host))
    return Hosts(asked.now, tuple(rows), office.surroundings.door)


def host(office: Office, asked: Asked) -> HostPage:
    """One host, whole. Raises DeskRefusal where there is none."""
    client, name = client_of(office, asked).id, asked.text("host")
    row = next((row for row in _rows(office, client, asked.now) if row.host == name), None)
    if row is None:
        raise DeskRefusal(f"{client} has no host {name!r}", "see `watchbill hosts`", Kind.NOT_FOUND)
    if not row.agent:
        return HostPage(asked.now, row, _serves(office, client, name), (), {}, ())
    state = office.ledger.shown(row.agent)
    return HostPage(
        now=asked.now,
        row=row,
        serves=_serves(office, client, name),
        findings=tuple(sorted(findings.rows(office, state, asked.now), key=lambda one: -one.status.rank)),
        history=trace.history(office, state, asked.now),
        series=tuple(trace.series(office, state, asked.now)),
        kernel=state.machine.kernel if state.machine else "",
        clock_off=state.clock_off,
    )


def found(office: Office, asked: Asked) -> Findings:
    """Every finding of every host, the worst first."""
    wanted_host, wanted = asked.text("host"), asked.text("status")
    rows = [
        row
        for client in clients(office, asked)
        for agent in living(office, client)
        for row in findings.rows(office, office.ledger.shown(agent.agent), asked.now)
        if wanted_host in ("", row.host) and wanted in ("", row.status.value)
    ]
    rows.sort(key=lambda row: (-row.status.rank, row.client, row.host))
    return Findings(asked.now, tuple(rows))


def living(office: Office, client: str) -> Iterator[Agent]:
    """The agents that may speak for a client's hosts; of two for one host, the newer of those that are approved."""
    newest = {one.host: one for one in sorted(_of(office, client), key=lambda one: (not one.waits, one.joined_at))}
    yield from newest.values()


def living_then(office: Office, client: str, cut: Instant) -> frozenset[str]:
    """The hosts that had an agent just before an instant; what was imported had one from its first look on."""
    found = (agent for agent in office.ledger.agents.values() if agent.client == client)
    return frozenset(agent.host for agent in found if _joined(office, agent) < cut <= (agent.ended_at or cut))


def _joined(office: Office, agent: Agent) -> Instant:
    first = office.ledger.states[agent.agent].first_taken
    return agent.joined_at if first is None else min(first, agent.joined_at)


def impact(office: Office, state: AgentState, now: Instant) -> tuple[Impact | None, str]:
    """The worst that a host's breaches do to what stands on it, and the sentence of that breach."""
    order = [Impact.AT_RISK, Impact.DEGRADED, Impact.DOWN]
    breaches = [one for one in findings.standing(office, state, now) if one.finding.status is Status.BREACH]
    if not breaches:
        return None, ""
    one = max(breaches, key=lambda one: order.index(one.check.impact))
    return one.check.impact, _sentence(state.host, one.check.title, one.finding.subject, one.finding.sentence)


def _of(office: Office, client: str) -> Iterator[Agent]:
    return (one for one in office.ledger.agents.values() if one.client == client and one.ended_at is None)


def _rows(office: Office, client: str, now: Instant) -> Iterator[HostRow]:
    model = office.ledger.model.clients.get(client)
    expected = dict(model.hosts) if model else {}
    for agent in living(office, client):
        yield _heard_row(office, agent, agent.host in expected, now)
        expected.pop(agent.host, None)
    for missing in expected.values():
        yield _missing_row(office, client, missing)


def _heard_row(office: Office, agent: Agent, planned: bool, now: Instant) -> HostRow:
    state = office.ledger.shown(agent.agent)
    standing = findings.standing(office, state, now)
    statuses = [one.finding.status for one in standing]
    silent = findings.silent_since(office, office.ledger.states[agent.agent], now) is not None
    bad = max(standing, key=lambda one: (one.check.name == SILENCE and silent, one.finding.status.rank), default=None)
    status = Status.UNKNOWN if silent or not standing else worst(statuses)
    said = ""
    if bad is not None and (bad.finding.status in _BAD):
        said = _sentence("", bad.check.title, bad.finding.subject, bad.finding.sentence)
    return HostRow(
        client=agent.client,
        site=agent.site,
        host=agent.host,
        agent=agent.agent,
        status=status,
        last_seen=state.received_at,
        catching_up=agent.agent in office.ledger.live,
        os=state.machine.os_name or state.machine.os if state.machine else "",
        agent_version=state.version,
        breached=statuses.count(Status.BREACH),
        watched=statuses.count(Status.WATCH),
        unknown=statuses.count(Status.UNKNOWN),
        worst=said or ("" if standing else f"joined, {WAITS if agent.waits else 'not heard yet'}"),
        services=tuple(service.id for service in findings.served(office, agent.client, agent.host)),
        planned=planned,
        entry="" if planned else entry(observed(office, agent, now)),
        is_heard=state.received_at is not None and not silent,
    )


def _missing_row(office: Office, client: str, missing: Host) -> HostRow:
    return HostRow(
        client=client,
        site=missing.site,
        host=missing.id,
        agent="",
        status=Status.UNKNOWN,
        last_seen=None,
        catching_up=False,
        os=missing.os,
        agent_version="",
        breached=0,
        watched=0,
        unknown=0,
        worst="no agent has joined for it",
        services=tuple(service.id for service in findings.served(office, client, missing.id)),
        planned=True,
    )


def _sentence(host_name: str, title: str, subject: str, sentence: str) -> str:
    what = f"{title} {subject}".strip()
    return f"{host_name}: {what}: {sentence}" if host_name else f"{what}: {sentence}"


def _serves(office: Office, client: str, name: str) -> tuple[Serves, ...]:
    model = office.ledger.model
    return tuple(
        Serves(
            service=service.id,
            name=service.name,
            criticality=service.criticality.value,
            owner=service.owner,
            answers=person.name if (person := model.person(client, service.owner)) else service.owner,
            sla=findings.sla_words(office, client, service),
        )
        for service in findings.served(office, client, name)
    )


PAGES: Pages = {"hosts": hosts, "host": host, "findings": found}
