"""Gaps G1 to G22: what a model accepts and shows, each with its evidence, its owner and what closes it (2.4). Pure."""

from __future__ import annotations

from console.operating_model.gaps import (
    data,
    delivered,
    governance,
    organization,
    people,
    sections,
    services,
    sourcing,
)
from console.operating_model.gaps.gap import Facts, Gap

_ROOMS = (sections, services, delivered, organization, people, sourcing, governance, data)


def gaps(facts: Facts) -> tuple[Gap, ...]:
    """Every gap of one client, by number."""
    found = [gap for room in _ROOMS for gap in room.found(facts)]
    return tuple(sorted(found, key=lambda gap: (_order(gap.number), gap.about, gap.evidence)))


def _order(number: str) -> int:
    digits = number.removeprefix("G")
    return int(digits) if digits.isdigit() else 100
