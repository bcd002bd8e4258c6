"""Sections B to J of the owner's page (operating-model.md, 5.3): what the provider's owner reads besides.

The owner's page may add to the client's, and never differs from it: its lines are made from the same figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checks.text import clean
from console.pages.figures import Figure
from console.pages.week import Availability
from console.pages.week_sections import OwnerSection
from console.reports.weekly.breaches import Causes, breaches
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.owner_ahead import dates, health, quality, suppliers
from console.reports.weekly.owner_work import mix, noise, people, value

NONE = "none"


def owner_sections(
    facts: WeekFacts, lines: Sequence[Availability], figures: Sequence[Figure], causes: Causes
) -> tuple[OwnerSection, ...]:
    """B to J, where a section without anything says so; K is what the week itself holds as restated."""
    return (
        _section("B", "Breaches", breaches(facts, lines, figures, causes)),
        _section("C", "People", people(facts, figures)),
        _section("D", "Work mix", mix(facts, figures)),
        _section("E", "Noise", noise(facts, figures)),
        _section("F", "Suppliers", suppliers(facts, figures)),
        _section("G", "Value", value(lines, figures, facts)),
        _section("H", "Model health", health(facts)),
        _section("I", "Data quality", quality(facts, figures)),
        _section("J", "Dates", dates(facts)),
    )


def _section(letter: str, title: str, lines: Iterable[str]) -> OwnerSection:
    return OwnerSection(letter, title, tuple(clean(one, 240) for one in lines) or (NONE,))
