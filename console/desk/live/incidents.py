"""The page of incidents, and how one of them shows on every page."""

from __future__ import annotations

from checks.check import Check
from checks.finding import Impact, Status
from checks.reading import CheckName, Instant
from console.desk.live.concerning import Struck, concerned
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
)
from console.pages.triage import Clock
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


def row_of(office: Office, one: Incident, now: Instant) -> IncidentRow:
    """One incident as a row."""
    client, opening = client_of(office, one), one.opening
    own, solve, known = own_promise(client, one, now), solve_promise(client, one, now), acknowledgement(one)
    return IncidentRow(
        incident=one.number,
        client=opening.client,
        service=opening.service,
        service_name=service_name(client, opening.service),
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
    client, opening = client_of(office, one), one.opening
    if client is None:
        return None
    struck, check = opening.host or opening.service, check_of(office, one)
    place = (client, struck, check, opening.subject, opening.detected_at, opening.title, one)
    return concerned(office, Struck(*place), now)


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
    client = client_of(office, one)
    if client is None or one.opening.service not in client.services:
        return ""
    owner = client.services[one.opening.service].owner
    person = office.ledger.model.person(client.id, owner)
    return person.name if person else owner


def _outage(one: Incident) -> str:
    if one.outage_from is not None:
        return "confirmed"
    return "to confirm" if one.opening.check == SILENCE and not one.is_disproved else ""


def check_of(office: Office, one: Incident) -> Check | None:
    """The check that it is about; None for what a person reported."""
    return office.ledger.checks.get(CheckName(one.opening.check))


def client_of(office: Office, one: Incident) -> Client | None:
    """The client that it is about; None where that is in no model."""
    return office.ledger.model.clients.get(one.opening.client)


def service_name(client: Client | None, service: str) -> str:
    """A service's name; its id where no model has it."""
    return client.services[service].name if client and service in client.services else service


PAGES: Pages = {"incidents": incidents}
