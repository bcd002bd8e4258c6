"""The order of triage: what the record knows of every open incident, put to the rule of its client's model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checks.check import Family
from checks.reading import CheckName, Instant
from console.desk.live.budgets import budget_left
from console.desk.office import Office
from console.incidents.clock import Promise, own_promise, solve_promise
from console.incidents.events import Incident
from console.operating_model.priority import Case, ranked


def in_order(office: Office, cases: Iterable[Incident], now: Instant) -> list[Incident]:
    """Open incidents, the first to be worked on first; symptoms stand under their root and are left out."""
    found = {one.number: one for one in cases if not one.parent}
    asked = [case(office, one, now) for one in found.values()]
    return [found[one.incident] for one in ranked(asked, rules(office), now)]


def rules(office: Office) -> dict[str, Sequence[str]]:
    """The rule of each client that has one."""
    known = office.ledger.model.clients.values()
    return {one.id: tuple(one.doc.priorities.order) for one in known if one.doc and one.doc.priorities}


def running(office: Office, one: Incident, now: Instant) -> Promise | None:
    """The promise that breaks next: own it by, else solve it by."""
    client = office.ledger.model.clients.get(one.opening.client)
    own = own_promise(client, one, now)
    return own if own is not None and one.owned_at is None else solve_promise(client, one, now)


def case(office: Office, one: Incident, now: Instant) -> Case:
    """What a rule may ask of an incident."""
    client = office.ledger.model.clients.get(one.opening.client)
    service = client.services.get(one.opening.service) if client else None
    check = office.ledger.checks.get(CheckName(one.opening.check))
    is_data = check is not None and check.family is Family.BACKUP and one.recovered_at is None
    promise = running(office, one, now)
    return Case(
        incident=one.number,
        client=one.opening.client,
        owner=one.owner,
        severity=one.severity.value,
        data_at_risk=check.family.value if check and is_data else "",
        service=service.name if service else "",
        criticality=service.criticality.value if service else "",
        users=service.users if service else 0,
        budget_left=budget_left(office, client, service.id, now) if client and service else None,
        due_at=promise.due_at if promise else None,
        detected_at=one.opening.detected_at,
    )
