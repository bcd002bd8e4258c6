"""The page about services: how each stands now, whose it is, what was promised."""

from __future__ import annotations

from checks.finding import Impact
from checks.reading import Instant
from console.desk.aside import aside
from console.desk.live import findings
from console.desk.live.budgets import kept_now
from console.desk.live.hosts import impact, living
from console.desk.live.outages import told_now
from console.desk.office import Asked, Office, Pages, clients
from console.operating_model.entities import ALWAYS, Client, Service
from console.pages.services import ServiceRow, Services
from console.reports.weekly.service_inputs import burn_words
from console.reports.weekly.service_words import left_of
from console.reports.weekly.services import forecast, light
from console.service_levels.hours import covered
from console.service_levels.state import HostNow, StateNow, service_states


def services(office: Office, asked: Asked) -> Services:
    """Every service of the clients that are asked for, the worst first."""
    model = office.ledger.model
    rows: list[ServiceRow] = []
    for name in clients(office, asked):
        client = model.clients.get(name)
        if client is not None:
            states = service_states(client, hosts_now(office, client, asked.now))
            rows += [
                _row(office, client, service, states[service.id], asked.now) for service in client.services.values()
            ]
    rows.sort(key=lambda row: (-row.status.rank, row.criticality, row.client, row.service))
    return Services(asked.now, tuple(rows))


def hosts_now(office: Office, client: Client, now: Instant) -> dict[str, HostNow]:
    """How a client's hosts stand, as far as their services care, and whatever else an outage is told of."""
    hosts = {agent.host: _host_now(office, client.id, agent.agent, now) for agent in living(office, client.id)}
    return {**hosts, **told_now(office, client.id, now)}


def _host_now(office: Office, client: str, agent: str, now: Instant) -> HostNow:
    state = office.ledger.shown(agent)
    open_here = [
        one
        for one in office.ledger.cases.open.values()
        if (one.opening.client, one.opening.host) == (client, state.host)
    ]
    outage = next((one for one in open_here if one.outage_from is not None and one.recovered_at is None), None)
    if outage is not None:
        return HostNow(is_known=True, is_down=True, impact=Impact.DOWN, why=outage.opening.title)
    ends = state.evidence_until
    if ends is None or now >= ends:
        return HostNow(is_known=False, why=f"{state.host} is not heard")
    worst, sentence = impact(office, state, now)
    return HostNow(is_known=True, impact=worst, why=sentence)


def _row(office: Office, client: Client, service: Service, state: StateNow, now: Instant) -> ServiceRow:
    person = office.ledger.model.person(client.id, service.owner)
    calendar = client.calendars.get(service.hours, ALWAYS)
    place = (client.id, service.id)
    mine = [one for one in office.ledger.cases.open.values() if (one.opening.client, one.opening.service) == place]
    return ServiceRow(
        client=client.id,
        service=service.id,
        name=service.name,
        owner=service.owner,
        owner_name=person.name if person else service.owner,
        criticality=service.criticality.value,
        state=state.state,
        status=state.status,
        since=min((one.opening.detected_at for one in mine), default=None),
        hours=service.hours,
        covered_now=bool(covered(calendar, client.zone, now, now + 1)),
        needs=service.needs.members,
        sla=findings.sla_words(office, client.id, service),
        target=service.availability,
        open_incidents=len(mine),
        why=state.why,
        **_promise(office, client, service.id, now),
    )


def _promise(office: Office, client: Client, service: str, now: Instant) -> dict[str, str]:
    """How its promise stands; nothing where it cannot be told."""
    kept = kept_now(office, client, now).get(service)
    if kept is None:
        return {}
    return {
        "week": kept.week.experienced.shows,
        "month": kept.month.experienced.shows,
        "budget": left_of(kept.promise.experienced),
        "light": light(kept),
        "burning": burn_words(kept),
        "forecast": forecast(kept, client.zone),
    }


PAGES: Pages = {"services": aside(services)}
