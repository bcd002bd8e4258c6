"""One of the 30 checks of an assessment: what it asks, why it matters, where that comes from, how it is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from console.operating_model.assess.practice import Practice
from console.operating_model.gaps.gap import Facts, Gap

ENOUGH = Fraction(4, 5)
"""From this share of its items on, a check is passed (2.5)."""
LEVELS = ("named", "written down", "followed", "measured", "improving")


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that an assessment looks at."""

    facts: Facts
    practice: Practice
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Which items of a check passed and which did not. What cannot be measured yet has not passed."""

    passed: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    is_measured: bool = True

    @property
    def total(self) -> int:
        """How many items there are; 0: the check does not apply."""
        return len(self.passed) + len(self.failed)

    @property
    def ratio(self) -> Fraction | None:
        """Passed ÷ total, exact; None where it does not apply."""
        return Fraction(len(self.passed), self.total) if self.total else None

    @property
    def is_passed(self) -> bool:
        """Whether enough items passed; what does not apply has not."""
        return self.ratio is not None and self.ratio >= ENOUGH

    @property
    def words(self) -> str:
        """`2/3`, `not applicable`, or `not measured`."""
        if not self.total:
            return "not applicable"
        return f"{len(self.passed)}/{self.total}" if self.is_measured else "not measured"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One check: `level` 1 to 5 of a component."""

    component: str
    level: int
    text: str
    why: str
    source: str
    """The standard that asks for it, or `our practice` (row 60b)."""
    advice: str
    """What to do first; `{item}` stands for the first item that failed."""
    look: Callable[[Seen], Result]


@dataclass(frozen=True, slots=True)
class Answer:
    """A check, answered."""

    criterion: Criterion
    result: Result

    @property
    def advice(self) -> str:
        """What to do first; "" where nothing failed."""
        return self.criterion.advice.format(item=self.result.failed[0]) if self.result.failed else ""


def sorted_out(items: Iterable[tuple[str, bool]]) -> Result:
    """A result of items, each with whether it passed."""
    told = list(items)
    return Result(tuple(one for one, passed in told if passed), tuple(one for one, passed in told if not passed))


def counted(items: Iterable[str], weeks: Mapping[str, int] | None, enough: int) -> Result:
    """A result of items that need `enough` weeks; not measured where nothing counts them yet."""
    if weeks is None:
        return Result(failed=tuple(items), is_measured=False)
    return sorted_out((one, weeks.get(one, 0) >= enough) for one in items)
