"""Who comes next when an incident needs more power (4.4, hierarchic escalation): lead, delivery, A, the house. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from checks.reading import Instant
from console.incidents.events import Incident, Kind
from console.letters import reach
from console.letters.reach import Reach


@dataclass(frozen=True, slots=True)
class Rung:
    """One person of the chain: as what, how they are reached now, and when they were called."""

    person: str
    name: str
    role: str
    address: str
    called_at: Instant | None = None


def rungs(one: Reach, incident: Incident) -> tuple[Rung, ...]:
    """The chain above an incident's owner, each person once, in the order of the marks of 4.4."""
    service = incident.opening.service
    chain = (
        *(("team lead", id_) for id_ in reach.leads(one, service)),
        *(("incident lead", id_) for id_ in reach.holder(one, "incident-lead")),
        *(("service delivery manager", id_) for id_ in reach.holder(one, "service-delivery-manager")),
        *(("answers for the service", id_) for id_ in reach.answering(one, service)),
        *(("owner of the house", id_) for id_ in reach.house_owners(one)),
    )
    owner = reach.person_of(one, incident.owner)
    roles: dict[str, list[str]] = {}
    for role, person in chain:
        if person not in owner:
            roles.setdefault(person, []).append(role)
    called = {event.to: event.at for event in incident.events if event.kind is Kind.ESCALATED}
    return tuple(
        Rung(id_, one.staff.people[id_].name, ", ".join(said), one.address_of(id_), called.get(id_))
        for id_, said in roles.items()
    )


def next_rung(one: Reach, incident: Incident, wanted: str = "") -> Rung | None:
    """Whom to call now: the first of the chain who was not called yet, or the one that is named."""
    chain = rungs(one, incident)
    if wanted:
        return next((rung for rung in chain if wanted.casefold() in (rung.person, rung.name.casefold())), None)
    return next((rung for rung in chain if rung.called_at is None), None)
