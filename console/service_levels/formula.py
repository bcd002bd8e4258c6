"""What a formula is: its words and its direction, and when a change of its number is one (5.1). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Literal

POINT = Fraction(1, 100)
"""Noise band of shares: one point (5.1)."""
TIMES = Fraction(1, 5)
"""Noise band of times, relative: 20 % (5.1)."""


@dataclass(frozen=True, slots=True)
class Formula:
    """One KPI."""

    kpi: str
    name: str
    formula: str
    inputs: str
    edges: str
    better: Literal["higher", "lower", "range"]
    source: str

    def band(self, unit: str, before: Fraction) -> Fraction:
        """How much a number may move without that meaning anything."""
        return POINT if unit == "%" else abs(before) * TIMES


def formula(kpi: str, name: str, told: str, inputs: str, rest: tuple[str, str, str]) -> Formula:
    """One of them; `rest` is its edges, its direction and where it comes from. Raises ValueError."""
    edges, better, source = rest
    if better not in ("higher", "lower", "range"):
        raise ValueError(better)
    return Formula(kpi, name, told, inputs, edges, better, source)  # type: ignore[arg-type]  # checked above


def trend(formula: Formula, unit: str, now: Fraction, before: Sequence[Fraction]) -> str:
    """`better`, `worse`, `up`, `down`, `=`, or "" where there is nothing to compare with (5.1).

    This week against the median of up to four weeks before; within the noise band nothing has changed.
    """
    if not before:
        return ""
    middle = median(before[-4:])
    if abs(now - middle) <= formula.band(unit, middle):
        return "="
    if formula.better == "range":
        return "up" if now > middle else "down"
    return "better" if (now > middle) == (formula.better == "higher") else "worse"
