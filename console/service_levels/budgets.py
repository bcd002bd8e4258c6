"""K3: what a promise allows to be lost, what is left of it, how fast it goes, and when it will be gone. Pure and exact.

B = ⌊Σ (1 − T_j)·|E_j|⌋ over the pieces of the window in which the target was T_j; left = B − |D|; the burn over w is
(|D_w| ÷ |K_w|) ÷ (1 − T), and it alerts above p × |E| ÷ w for a share p of the budget (operating-model.md, 3.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from console.service_levels.availability import Figures
from console.service_levels.intervals import Intervals, clip, length

Promised = Sequence[tuple[int, Fraction | None]]
"""From when on which target; before the first one the first one holds."""
WINDOWS = ((Fraction(2, 100), 3600), (Fraction(5, 100), 6 * 3600), (Fraction(10, 100), 72 * 3600))
"""Which share of the budget, gone within how many covered seconds, is an alarm."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Seconds that may be lost in a window, and those that were."""

    seconds: int
    lost: int

    @property
    def left(self) -> int:
        """Below zero where more was lost."""
        return self.seconds - self.lost

    @property
    def share(self) -> Fraction | None:
        """What is left of it; None where nothing may be lost, and nothing was."""
        if self.seconds:
            return Fraction(self.left, self.seconds)
        return Fraction(-1) if self.lost else None


@dataclass(frozen=True, slots=True)
class Burning:
    """How fast the budget went over the last `window` covered seconds; 1 would spend it exactly by the end."""

    window: int
    rate: Fraction
    threshold: Fraction

    @property
    def is_alarm(self) -> bool:
        """Whether it goes faster than the threshold; one that is 1 or less says nothing (3.3)."""
        return self.threshold > 1 and self.rate > self.threshold


def pieces(promised: Promised, eligible: Intervals) -> Iterator[tuple[Fraction | None, int]]:
    """Each target with the eligible seconds that it holds for."""
    if not promised or not eligible:
        return
    first, last = eligible[0][0], max(eligible[-1][1], promised[-1][0] + 1)
    starts = [(min(first, promised[0][0]), promised[0][1]), *promised[1:], (last, None)]
    for (start, target), (end, _) in pairwise(starts):
        yield target, length(clip(eligible, start, end))


def allowed(promised: Promised, eligible: Intervals) -> Fraction | None:
    """Seconds that may be lost, exactly; None where nothing was promised."""
    found = [(target, seconds) for target, seconds in pieces(promised, eligible) if target is not None]
    return sum(((1 - target) * seconds for target, seconds in found), Fraction(0)) if found else None


def target_of(promised: Promised, eligible: Intervals) -> Fraction | None:
    """The target of a window: where it changed inside, the mean of its pieces by their eligible seconds."""
    found = [(target, seconds) for target, seconds in pieces(promised, eligible) if target is not None]
    total = sum(seconds for _, seconds in found)
    if not total:
        return None
    return sum((target * seconds for target, seconds in found), Fraction(0)) / total


def budget(promised: Promised, eligible: Intervals, lost: int) -> Budget | None:
    """The budget of a window; None where nothing was promised. `eligible` is its whole plan, also what is to come."""
    seconds = allowed(promised, eligible)
    return None if seconds is None else Budget(int(seconds), lost)


def burn(spent: Figures, target: Fraction) -> Fraction | None:
    """How fast a budget went; None where nothing is known, or nothing may be lost."""
    if not spent.known or target == 1:
        return None
    return Fraction(spent.down, spent.known) / (1 - target)


def threshold(share: Fraction, eligible: int, window: int) -> Fraction:
    """The burn at which this share of the budget of `eligible` seconds is gone within `window`: p × |E| ÷ w."""
    return share * Fraction(eligible, window)


def gone_at(left: int, pace: Fraction, ahead: Intervals) -> int | None:
    """The first instant at which nothing is left, at so many seconds lost a covered second; None if not in `ahead`."""
    if pace <= 0:
        return None
    need = -(-left // pace)
    for start, end in ahead:
        if need <= end - start:
            return int(start + max(0, need))
        need -= end - start
    return None
