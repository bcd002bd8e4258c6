"""The risk register: computed risks, each weighed by how much of the business stops (24, 43c). Pure.

score = weight of the risk (1 to 4) × criticality of the worst service that it reaches (A 3, B 2, C 1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from console.operating_model.entities import Client
from console.operating_model.gaps import gaps
from console.operating_model.gaps.gap import Facts, Gap
from console.operating_model.plan.reach import delivered_by, standing_on
from console.operating_model.schema.records import ActionRecord, WaiverRecord

_STOPS = {"A": 3, "B": 2, "C": 1}
_GAPS = {
    "G4": ("single person", 3),
    "G5": ("promise above contract", 3),
    "G6": ("no contract", 2),
    "G11": ("restore not proven", 4),
    "G12": ("ended waiver", 3),
    "G17": ("overdue", 2),
    "EOL": ("end of life", 3),
}
"""Which gaps are risks, what such a risk is called, and what it weighs."""
_NO_ALTERNATIVE = 3


@dataclass(frozen=True, slots=True)
class Risk:
    """Something that may go wrong, how much it weighs, whose it is, and what is done about it."""

    kind: str
    about: str
    evidence: str
    services: tuple[str, ...]
    """The services that it reaches."""
    criticality: str
    weight: int
    owner: str
    treatment: str

    @property
    def score(self) -> int:
        """1 to 12."""
        return self.weight * _STOPS[self.criticality]


def risks(facts: Facts) -> tuple[Risk, ...]:
    """Every risk of one client, the greatest first."""
    found = [_of_gap(facts, gap) for gap in gaps(facts) if gap.number in _GAPS]
    found += _single_suppliers(facts)
    return tuple(sorted(found, key=lambda one: (-one.score, one.kind, one.about, one.evidence)))


def _of_gap(facts: Facts, gap: Gap) -> Risk:
    kind, weight = _GAPS[gap.number]
    services = _reached(facts, gap)
    return Risk(kind, gap.about, gap.evidence, services, _worst(facts.client, services), weight, gap.owner, gap.fix)


def _reached(facts: Facts, gap: Gap) -> tuple[str, ...]:
    """The services that a gap is about, directly or by what its step or waiver is for."""
    if gap.number == "G12":
        return _of_waiver(facts, gap.about)
    if gap.number == "G17":
        return _of_step(facts, gap.about)
    return standing_on(facts.client, gap.about)


def _of_waiver(facts: Facts, id_: str) -> tuple[str, ...]:
    scopes = [one.scope for one in facts.of(WaiverRecord) if one.id == id_]
    parts = {part for scope in scopes for part in (scope.get("host", ""), scope.get("service", ""))}
    reached = {service for part in parts - {""} for service in standing_on(facts.client, part)}
    return facts.client.in_order(reached)


def _of_step(facts: Facts, id_: str) -> tuple[str, ...]:
    """What an action or milestone serves: its service, its outcome's services, or what its waiver covers."""
    steps = [(one.outcome, one.service, one.from_) for one in facts.of(ActionRecord) if one.id == id_]
    steps += [(one.outcome, "", "") for one in facts.doc.milestones if one.id == id_]
    reached: set[str] = set()
    for outcome, service, source in steps:
        reached |= {one for one, doc in facts.doc.services.items() if outcome and doc.outcome == outcome}
        reached |= {service, *_of_waiver(facts, source)}
    return facts.client.in_order(reached)


def _single_suppliers(facts: Facts) -> Iterator[Risk]:
    """A supplier that nobody could replace: no capability that names it has an alternative."""
    for id_, supplier in facts.doc.suppliers.items():
        services = delivered_by(facts, id_)
        named = [one for one in facts.doc.capabilities if id_ in one.parties]
        if services and not any(one.alternatives for one in named):
            evidence = f"nobody else could deliver what {supplier.name} does"
            treatment = "find another one, or write the way out: capabilities, alternatives and exit_days"
            worst = _worst(facts.client, services)
            yield Risk("single supplier", id_, evidence, services, worst, _NO_ALTERNATIVE, supplier.owner, treatment)


def _worst(client: Client, services: tuple[str, ...]) -> str:
    return min((client.services[one].criticality.value for one in services), default="C")
