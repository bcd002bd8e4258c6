"""Who is able to do what, and what to keep, buy or watch: value beside skill, with the evidence (25, 27). Pure."""

from __future__ import annotations

from dataclasses import dataclass

from console.operating_model.gaps.gap import Facts
from console.operating_model.plan.reach import delivered_by
from console.operating_model.schema.records import DecisionRecord
from console.operating_model.schema.sourcing import CapabilityDoc


@dataclass(frozen=True, slots=True)
class Capability:
    """One capability with what the model knows of its worth and of the people who have it."""

    doc: CapabilityDoc
    services: tuple[str, ...]
    """Services that its parties deliver or answer for."""
    value: str
    """`high`, `middle` or `low`: the criticality of the worst of these; "" where there are none."""
    skilled: tuple[str, ...]
    """People in R, or deputies, of these services."""
    advice: str
    """`keep`, `buy` or `watch`; "" where the model says too little."""
    decision: str
    """The id of a decision that covers it, or ""."""


def capabilities(facts: Facts) -> tuple[Capability, ...]:
    """Every capability of one client."""
    return tuple(_capability(facts, one) for one in facts.doc.capabilities)


def _capability(facts: Facts, doc: CapabilityDoc) -> Capability:
    services = _services(facts, doc)
    skilled = _skilled(facts, services)
    values = {"A": "high", "B": "middle", "C": "low"}
    worst = min((facts.client.services[one].criticality.value for one in services), default="")
    covering = [one.id for one in facts.of(DecisionRecord) if one.covers.get("capability") == doc.id]
    return Capability(
        doc=doc,
        services=services,
        value=values.get(worst, ""),
        skilled=skilled,
        advice=_advice(values.get(worst, ""), len(skilled)),
        decision=covering[-1] if covering else "",
    )


def _advice(value: str, skilled: int) -> str:
    """27: what matters and is known by two stays; what matters and hangs on one is watched; the rest can be bought."""
    if not value:
        return ""
    if value == "low":
        return "buy"
    return "keep" if skilled >= 2 else "watch"


def _services(facts: Facts, doc: CapabilityDoc) -> tuple[str, ...]:
    """What its suppliers deliver; without one of those, what its people answer for or do."""
    parties = set(doc.parties)
    delivered = {one for party in parties for one in delivered_by(facts, party)}
    theirs = {row.for_ for row in facts.doc.raci if parties & {*row.R, row.A}} & facts.doc.services.keys()
    found = (delivered & theirs) or delivered or theirs
    return facts.client.in_order(found)


def _skilled(facts: Facts, services: tuple[str, ...]) -> tuple[str, ...]:
    rows = [row for row in facts.doc.raci if row.for_ in services]
    able = [{*row.R, row.deputy} - {""} for row in rows]
    return tuple(sorted(set.intersection(*able))) if able else ()
