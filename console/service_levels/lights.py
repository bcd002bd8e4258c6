"""The lights of a promise, and what its windows come to (operating-model.md, 5.1). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from console.service_levels.availability import NO_DATA, Figures
from console.service_levels.budgets import Budget

LEAST_LEFT = Fraction(25, 100)
LEAST_KNOWN = Fraction(95, 100)
_ORDER = ("", "ok", "watch", "missed")


@dataclass(frozen=True, slots=True)
class Judged:
    """One promise over its window: what it came to, what is left of it, and whether it will be gone soon."""

    figures: Figures
    target: Fraction | None
    budget: Budget | None
    goes_soon: bool = False
    """At the present burn the budget is gone within 14 days."""
    can_be_met: bool = False
    """Its window goes on, and what was lost so far leaves room to keep the promise."""
    is_blind: bool = False
    """Nothing at all is known of what counts, although something was due (3.6)."""

    @property
    def verdict(self) -> str:
        """`met`, `missed`, `unproven`, or "" where nothing was promised or due."""
        if self.is_blind and self.target is not None:
            return "unproven"
        return self.figures.verdict(self.target)

    @property
    def is_unseen(self) -> bool:
        """Nothing is known of it: what is left of its budget is nobody's to say."""
        return self.is_blind or not self.figures.known

    @property
    def is_unproven_budget(self) -> bool:
        """Nothing is known to be lost of its budget, and what nobody saw may have been more than all."""
        return self.budget is not None and not self.budget.lost and self.verdict == "unproven"

    @property
    def shows(self) -> str:
        """The availability as a reader sees it."""
        return NO_DATA if self.is_blind else self.figures.words(self.figures.availability)

    def light(self, coverage: Iterable[Fraction | None]) -> str:
        """`ok`, `watch`, `missed`, or "" where it is grey; poor coverage is never better than `watch`.

        A promise that is behind while it can still be kept is to be watched.
        """
        if self.verdict == "missed" and self.can_be_met:
            return "watch"
        if self.verdict in ("", "missed"):
            return self.verdict
        left = self.budget.share if self.budget else None
        is_short = left is not None and left < LEAST_LEFT
        is_unseen = any(one is not None and one < LEAST_KNOWN for one in coverage)
        return "watch" if self.verdict == "unproven" or is_short or self.goes_soon or is_unseen else "ok"


def worse(*lights: str) -> str:
    """The worst of some lights; grey only where all are."""
    return max(lights, key=_ORDER.index)
