"""K12 to K16 and K21: how soon somebody took an incident, how soon it was solved, and what is still open.

An incident is told here in seconds of its SLA clock; who reckons them is `incidents.clock` (operating-model.md, 4.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from console.service_levels.kpis.share import Share

AGES = (("<1 d", 0), ("1–3 d", 86_400), ("3–7 d", 3 * 86_400), ("7–14 d", 7 * 86_400), ("≥14 d", 14 * 86_400))


@dataclass(frozen=True, slots=True)
class Spread:
    """A few times in seconds: mean and median are rounded half up, P90 is the nearest rank."""

    times: tuple[int, ...]

    @property
    def mean(self) -> Fraction | None:
        """None where there are none."""
        return Fraction(sum(self.times), len(self.times)) if self.times else None

    @property
    def median(self) -> Fraction | None:
        """The middle one, or the mean of the middle two."""
        return Fraction(median(map(Fraction, self.times))) if self.times else None

    @property
    def p90(self) -> Fraction | None:
        """The ⌈0.9 n⌉-th smallest."""
        rank = -(-9 * len(self.times) // 10)
        return Fraction(sorted(self.times)[rank - 1]) if self.times else None


def spread(times: Iterable[int]) -> Spread:
    """The times of K12, K13 or K14."""
    return Spread(tuple(sorted(times)))


def half_up(seconds: Fraction) -> int:
    """Whole seconds (3.1: means and medians are rounded half up)."""
    return (2 * seconds.numerator + seconds.denominator) // (2 * seconds.denominator)


def attainment(verdicts: Sequence[str]) -> Share:
    """K15: met ÷ final verdicts of the period."""
    final = [one for one in verdicts if one]
    return Share(final.count("met"), len(final))


def ageing(detected: Iterable[int], at: int) -> tuple[int, ...]:
    """K21: how many open incidents are as old as each of AGES on the wall clock; the lower edge belongs to it."""
    counts = [0] * len(AGES)
    for one in detected:
        place = max(index for index, (_, least) in enumerate(AGES) if max(0, at - one) >= least)
        counts[place] += 1
    return tuple(counts)
