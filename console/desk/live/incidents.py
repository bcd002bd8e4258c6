"""The pages about incidents, and triage: what needs somebody now."""

from __future__ import annotations

from checks.check import Check
from checks.finding import Impact, Status
from checks.reading import CheckName, Instant
from console.desk.live import findings
from console.desk.live.concerning import Struck, concerned, in_short
from console.desk.live.hosts import living
from console.desk.live.outbox import banner
from console.desk.live.ranking import in_order, running
from console.desk.live.suppressed import held_back, is_away
from console.desk.office import Asked, Office, Pages, clients
from console.desk.refusal import DeskRefusal, Kind
from console.incidents.acknowledged import acknowledgement
from console.incidents.clock import Promise, own_promise, solve_promise
from console.incidents.events import Incident
from console.incidents.flapping import is_flapping
from console.operating_model.entities import Client
from console.pages.concerning import Concern
from console.pages.incidents import (
    IncidentRow,
    Incidents,
    with_guests,
)
from console.pages.triage import Clock, Triage, TriageRow
from console.store.ledger import SILENCE

_DAY = 86_400
_NEVER = 1 << 62


def incidents(office: Office, asked: Asked) -> Incidents:
    """Open incidents, or all of the last 30 days, the newest first."""
    seen = set(clients(office, asked))
    found = [one for one in office.ledger.cases.open.values() if one.opening.client in seen]
    if asked.text("state") == "all":
        past = asked.now - 30 * _DAY
        found = [
            one
            for client in clients(office, asked)
            for one in office.history.incidents_touching(client, past, asked.now + 1)
        ]
    rows = sorted((row_of(office, one, asked.now) for one in found), key=_under_its_root)
    return Incidents(asked.now, tuple(rows))


def _under_its_root(row: IncidentRow) -> tuple[int, bool, int]:
    """The newest first, symptoms right behind their root."""
    return -(row.parent or row.incident), bool(row.parent), -row.incident


def found(office: Office, asked: Asked) -> Incident:
    """The incident that is asked for, open or not. Raises DeskRefusal."""
    number = asked.number("incident")
    one = office.ledger.cases.open.get(number) or office.history.incident(number)
    if one is None or one.opening.client not in clients(office, asked):
        raise DeskRefusal(f"there is no incident {number}", "see `watchbill incidents`", Kind.NOT_FOUND)
    return one


def triage(office: Office, asked: Asked) -> Triage:
    """What needs somebody now: incidents by what breaks first, then what is on watch."""
    seen = clients(office, asked)
    open_now = [one for one in office.ledger.cases.open.values() if one.opening.client in seen]
    rows = [_incident_row(office, one, asked.now) for one in in_order(office, open_now, asked.now)]
    rows += [row for client in seen for row in _watched(office, client, asked.now)]
    agents = [agent for client in seen for agent in living(office, client)]
    heard = [office.ledger.states[one.agent] for one in agents]
    ages = [
        state.taken_at
        for state in heard
        if state.taken_at is not None and findings.silent_since(office, state, asked.now) is None
    ]
    mine = asked.who.login
    needing = [row for row in rows if row.incident is not None and row.owner in ("", mine)]
    clocks = [row.clock for row in needing if row.clock is not None and row.clock.due_at is not None]
    return Triage(
        now=asked.now,
        needs_you=len(needing),
        soonest=min(clocks, key=lambda clock: clock.due_at or _NEVER, default=None),
        oldest_evidence=min(ages, default=None),
        hosts=len(agents),
        rows=tuple(rows),
        held_back=sum(held_back(office, client, asked.now) for client in seen),
        letters=banner(office, seen, asked.now),
        since_you_left=tuple(_lately(office, seen, asked.now)),
    )


def _incident_row(office: Office, one: Incident, now: Instant) -> TriageRow:
    client, opening = _client(office, one), one.opening
    concern, children = concern_of(office, one, now), len(children_of(office, one))
    return TriageRow(
        incident=one.number,
        status=status(one),
        what=with_guests(_what(one, concern), opening.host, children),
        client=opening.client,
        client_name=client.name if client else opening.client,
        host=opening.host,
        check=opening.check,
        subject=opening.subject,
        service=opening.service,
        service_name=_service_name(client, opening.service),
        owner=one.owner,
        answers=answers(office, one),
        severity=one.severity.value,
        since=opening.detected_at,
        clock=clock(running(office, one, now)),
        next_step=_next_step(office, one),
        children=children,
        whom=in_short(concern) if concern else None,
    )


def _watched(office: Office, client: str, now: Instant) -> list[TriageRow]:
    """Findings that nobody has to own yet, but somebody should know of."""
    model = office.ledger.model.clients.get(client)
    rows = [
        TriageRow(
            incident=None,
            status=row.status,
            what=f"{row.host}: {row.title} {row.subject}".strip() + f": {row.sentence}",
            client=client,
            client_name=model.name if model else client,
            host=row.host,
            check=row.check,
            subject=row.subject,
            service=row.service,
            service_name=row.service_name,
            owner="",
            answers=row.answers,
            severity="",
            since=row.since,
            clock=None,
            next_step=row.advice,
            whom=row.whom,
        )
        for agent in living(office, client)
        if findings.silent_since(office, office.ledger.states[agent.agent], now) is None
        and not is_away(office, office.ledger.states[agent.agent], now)
        for row in findings.rows(office, office.ledger.shown(agent.agent), now)
        if row.status in (Status.WATCH, Status.UNKNOWN) and row.check != SILENCE
    ]
    return sorted(rows, key=lambda row: (-row.status.rank, row.host, row.check))


def _lately(office: Office, seen: list[str], now: Instant) -> list[str]:
    """What came and went in the last day without anybody."""
    closed = [one for client in seen for one in office.history.incidents_touching(client, now - _DAY, now + 1)]
    return [
        f"cleared by itself: {one.opening.title}"
        for one in closed
        if one.cleared and not one.is_open and not one.parent
    ]


def row_of(office: Office, one: Incident, now: Instant) -> IncidentRow:
    """One incident as a row."""
    client, opening = _client(office, one), one.opening
    own, solve, known = own_promise(client, one, now), solve_promise(client, one, now), acknowledgement(one)
    return IncidentRow(
        incident=one.number,
        client=opening.client,
        service=opening.service,
        service_name=_service_name(client, opening.service),
        host=opening.host,
        check=opening.check,
        subject=opening.subject,
        title=opening.title,
        severity=one.severity.value,
        state=one.state,
        owner=one.owner,
        answers=answers(office, one),
        detected_at=opening.detected_at,
        resolved_at=one.resolved_at,
        status=status(one),
        own=clock(own),
        solve=clock(solve),
        own_verdict=own.verdict if own else "",
        solve_verdict=solve.verdict if solve else "",
        outage=_outage(one),
        parent=one.parent,
        children=len(children_of(office, one)),
        flapping=is_flapping(one),
        acknowledged=f"{known.by}: {known.text}" if known else "",
    )


def children_of(office: Office, one: Incident) -> list[Incident]:
    """The open symptoms of an incident."""
    return office.ledger.cases.children(one.number)


def concern_of(office: Office, one: Incident, now: Instant) -> Concern | None:
    """Whom an incident concerns, by the model in force."""
    client, opening = _client(office, one), one.opening
    if client is None:
        return None
    place = (client, opening.host, check_of(office, one), opening.subject, opening.detected_at, opening.title, one)
    return concerned(office, Struck(*place), now)


def _what(one: Incident, concern: Concern | None) -> str:
    """What is wrong; of an outage that others carry, that the redundancy is gone."""
    if one.outage_from is None or concern is None or one.recovered_at is not None:
        return one.opening.title
    thinner = next((row.sentence for row in concern.rows if row.how == "redundancy"), "")
    return f"{one.opening.host}: {thinner}" if thinner and concern.rows[0].impact == "at risk" else one.opening.title


def status(one: Incident) -> Status:
    """How an incident shows: over, unknown (silence), at risk, or breached."""
    if not one.is_open or one.recovered_at is not None:
        return Status.OK
    if one.opening.check == SILENCE:
        return Status.UNKNOWN
    return Status.WATCH if one.opening.impact is Impact.AT_RISK else Status.BREACH


def clock(promise: Promise | None) -> Clock | None:
    """A promise as the pages show it."""
    if promise is None:
        return None
    return Clock(promise.promise, promise.due_at, promise.total, promise.left, promise.running)


def answers(office: Office, one: Incident) -> str:
    """Who owns the service that the incident is charged to."""
    client = _client(office, one)
    if client is None or one.opening.service not in client.services:
        return ""
    owner = client.services[one.opening.service].owner
    person = office.ledger.model.person(client.id, owner)
    return person.name if person else owner


def _outage(one: Incident) -> str:
    if one.outage_from is not None:
        return "confirmed"
    return "to confirm" if one.opening.check == SILENCE and not one.is_disproved else ""


def _next_step(office: Office, one: Incident) -> str:
    if one.recovered_at is not None:
        return "say what the cause was (r)" if one.owner else "good again; ends by itself soon"
    known = acknowledgement(one)
    if known is not None:
        return f"waits, says {known.by}: {known.text}"
    if not one.owner:
        return "own it (o)"
    check = check_of(office, one)
    return check.advice if check else ""


def check_of(office: Office, one: Incident) -> Check | None:
    """The check that it is about; None for what a person reported."""
    return office.ledger.checks.get(CheckName(one.opening.check))


def _client(office: Office, one: Incident) -> Client | None:
    return office.ledger.model.clients.get(one.opening.client)


def _service_name(client: Client | None, service: str) -> str:
    return client.services[service].name if client and service in client.services else service


PAGES: Pages = {"triage": triage, "incidents": incidents}
