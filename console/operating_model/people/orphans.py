"""What nobody holds any more: owned by somebody who has left, is not here yet, or never was (35)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from console.operating_model.people.staff import Staff


@dataclass(frozen=True, slots=True)
class Orphan:
    """One thing whose person is not here."""

    thing: str
    """`service`, `role`, `team` …"""
    id: str
    part: str
    """What the person is to it: `owner`, `A`, `R`, `holder` …"""
    person: str
    text: str


def orphans(staff: Staff) -> tuple[Orphan, ...]:
    """Everything that hangs on somebody who is not active on the date, and roles that nobody holds."""
    return tuple(
        Orphan(thing, id_, part, person, _why(staff, person))
        for thing, id_, part, person in _held(staff)
        if person not in staff.doc.suppliers and not staff.is_here(person)
    )


def _held(staff: Staff) -> Iterator[tuple[str, str, str, str]]:
    """(thing, id, part, person): everything that a person can hold. A missing holder counts, a missing deputy not."""
    doc = staff.doc
    yield from (("service", id_, "owner", one.owner) for id_, one in doc.services.items())
    for row in doc.raci:
        thing = "service" if row.for_ in doc.services else "process"
        yield thing, row.for_, "A", row.A
        yield from ((thing, row.for_, "R", one) for one in row.R)
        yield from ((thing, row.for_, "deputy", one) for one in [row.deputy] if one)
    for id_, role in doc.roles.items():
        yield "role", id_, "holder", role.holder
        yield from (("role", id_, "deputy", one) for one in [role.deputy] if one)
    for id_, team in staff.teams.items():
        yield "team", id_, "lead", team.lead
        yield from (("team", id_, "member", one) for one in team.members if one != team.lead)
    yield from (("on call", doc.client.id, "turn", one) for one in (staff.on_call.order if staff.on_call else ()))
    for id_, contract in doc.contracts.items():
        yield "contract", id_, "owner of the supplier", doc.suppliers[contract.supplier].owner
    yield from (("outcome", one.id, "owner", one.owner) for one in doc.outcomes)
    yield from (("milestone", one.id, "owner", one.owner) for one in doc.milestones if one.done is None)


def _why(staff: Staff, person: str) -> str:
    if not person:
        return "nobody holds it"
    found = staff.people.get(person)
    if found is None:
        return f"there is no person {person}"
    if found.active_to and found.active_to < staff.today:
        return f"{found.name} left on {found.active_to}"
    return f"{found.name} begins on {found.active_from}"
