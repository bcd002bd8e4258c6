"""K1 and K2: availability and coverage of one service in one period, exact, and never flattering.

K1 = (|K| − |D|) ÷ |K| and K2 = |K| ÷ |E| (operating-model.md, 3.1 and 3.3): eligible seconds E are the covered hours,
known ones K those with evidence, D those that were down. Percentages are rounded down to two decimals.
In contract terms Dx, the part of D that is covered by excluded causes alone, is taken out of both sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from checks.wording import percent
from console.service_levels.intervals import Intervals, difference, intersection, length, union
from console.service_levels.timeline import Stood

NOTHING_DUE = "nothing due"
NO_DATA = "no data"


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds of one service in one period."""

    eligible: int
    known: int
    down: int
    excluded: int = 0
    """The part of `down` that only excluded causes made (Dx)."""

    @property
    def contract(self) -> Figures:
        """The same in contract terms: without what is excluded, above and below the line (3.1)."""
        return Figures(self.eligible - self.excluded, self.known - self.excluded, self.down - self.excluded)

    @property
    def unknown(self) -> int:
        """Seconds of which nobody knows."""
        return self.eligible - self.known

    @property
    def availability(self) -> Fraction | None:
        """K1; None where nothing is known."""
        return Fraction(self.known - self.down, self.known) if self.known else None

    @property
    def coverage(self) -> Fraction | None:
        """K2; None where nothing was due."""
        return Fraction(self.known, self.eligible) if self.eligible else None

    @property
    def low(self) -> Fraction | None:
        """K1 if every unknown second had been bad."""
        return Fraction(self.known - self.down, self.eligible) if self.eligible else None

    @property
    def high(self) -> Fraction | None:
        """K1 if every unknown second had been good."""
        return Fraction(self.eligible - self.down, self.eligible) if self.eligible else None

    def words(self, value: Fraction | None) -> str:
        """A ratio as a reader sees it; `nothing due` and `no data` are answers too."""
        if not self.eligible:
            return NOTHING_DUE
        return NO_DATA if value is None else percent(value)

    def verdict(self, target: Fraction | None) -> str:
        """`met`, `missed` or `unproven`; "" where nothing was promised or due. Equal to the target is met."""
        if target is None or self.low is None or self.high is None:
            return ""
        if self.low >= target:
            return "met"
        return "missed" if self.high < target else "unproven"


def figures(stood: Stood, hours: Intervals, excluded: frozenset[str] = frozenset()) -> Figures:
    """The seconds of a service inside the eligible hours of a period; `excluded` are causes that do not count."""
    down = intersection(stood.down, hours)
    up = intersection(stood.up, hours)
    left_out = length(intersection(excused(stood, excluded), hours))
    return Figures(length(hours), length(up) + length(down), length(down), left_out)


def excused(stood: Stood, excluded: frozenset[str]) -> Intervals:
    """When only excluded causes kept it down (Dx): a second that a counted cause covers too is not (3.1, W2)."""
    if not excluded & stood.causes.keys():
        return ()
    return difference(stood.down, union(*(spans for cause, spans in stood.causes.items() if cause not in excluded)))
