"""Gaps about people: roles that nobody holds or stands in for (row 33a), and people who leave (row 35)."""

from __future__ import annotations

from collections.abc import Iterator

from console.operating_model.gaps.gap import SOON, Facts, Gap
from console.operating_model.schema.organization import TeamDoc
from console.operating_model.schema.records import ActionRecord

_WHAT = "organization"


def found(facts: Facts) -> Iterator[Gap]:
    """Every gap of this kind."""
    for id_, role in facts.doc.roles.items():
        if not role.holder:
            yield Gap("ROLE", _WHAT, id_, "nobody holds it", "", "name its holder", "holder")
        if not role.deputy:
            yield Gap("ROLE", _WHAT, id_, "nobody stands in for its holder", role.holder, "name a deputy", "deputy")
    for id_, person in facts.people.items():
        if person.active_to is not None and person.active_to <= facts.today + SOON:
            left = "leaves" if person.active_to >= facts.today else "left"
            things = ", ".join(_held(facts, id_))
            if things:
                text = f"{left} on {person.active_to} and still has {things}"
                yield Gap("LEFT", _WHAT, id_, text, _successor(facts, id_), "give each to somebody who stays")


def _held(facts: Facts, person: str) -> Iterator[str]:
    """Everything in the model and the records that names a person, in words."""
    doc = facts.doc
    yield from (f"service {id_}" for id_, one in doc.services.items() if one.owner == person)
    for row in doc.raci:
        letters = [letter for letter, who in (("R", row.R), ("A", [row.A]), ("deputy", [row.deputy])) if person in who]
        yield from (f"{letter} of {row.for_}" for letter in letters)
    yield from (f"role {id_}" for id_, one in doc.roles.items() if person in (one.holder, one.deputy))
    yield from (f"policy {id_}" for id_, one in doc.policies.items() if person in (one.owner, one.waive))
    yield from (f"supplier {id_}" for id_, one in doc.suppliers.items() if one.owner == person)
    yield from (f"outcome {one.id}" for one in doc.outcomes if one.owner == person)
    yield from (f"team {id_}" for id_, one in _teams(facts).items() if person in (one.lead, *one.members))
    on_call = doc.on_call or (facts.provider.on_call if facts.provider else None)
    yield from ("a turn of on-call" for one in (on_call.order if on_call else ()) if one == person)
    yield from (f"milestone {one.id}" for one in doc.milestones if one.owner == person and one.done is None)
    yield from (f"action {one.id}" for one in facts.of(ActionRecord) if one.owner == person and one.done is None)


def _teams(facts: Facts) -> dict[str, TeamDoc]:
    """The client's teams, and the provider's."""
    return {**(facts.provider.teams if facts.provider else {}), **facts.doc.teams}


def _successor(facts: Facts, person: str) -> str:
    """Who has to see to it: the deputy of a role, else the lead of a team."""
    deputies = (one.deputy for one in facts.doc.roles.values() if one.holder == person)
    leads = (one.lead for one in _teams(facts).values() if person in one.members and one.lead != person)
    return next(filter(None, (*deputies, *leads)), "")
