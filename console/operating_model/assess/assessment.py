"""What an assessment comes to: score and level of each component, strengths, weaknesses, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from console.operating_model.assess.criterion import Answer
from console.operating_model.gaps.gap import Gap


@dataclass(frozen=True, slots=True)
class Component:
    """One of the six components, with the answers to its five checks in the order of their levels."""

    name: str
    answers: tuple[Answer, ...]

    @property
    def score(self) -> Fraction:
        """The sum of the ratios, 0 to 5, exact (2.5); checks that do not apply add nothing."""
        return sum((one.result.ratio or Fraction(0) for one in self.answers), Fraction(0))

    @property
    def level(self) -> int | None:
        """The highest level that is passed with every applicable one before it; None where none applies.

        A level without items is left out: it neither holds a component back nor lifts it, so a document without
        practice stops at level 2 (2.5).
        """
        level: int | None = None
        for one in self.answers:
            if one.result.total and not one.result.is_passed:
                return level or 0
            level = one.criterion.level if one.result.total else level
        return level

    @property
    def advice(self) -> str:
        """What to do first: the first item that failed on the lowest level that is not passed."""
        failing = (one for one in self.answers if one.result.total and not one.result.is_passed)
        return next((one.advice for one in failing), "")

    @property
    def is_paper_only(self) -> bool:
        """Written down and not followed: levels 1 and 2 are passed where they apply, level 3 is not (row 54)."""
        written, followed = self.answers[:2], self.answers[2]
        is_written = all(one.result.is_passed for one in written if one.result.total)
        return is_written and any(one.result.total for one in written) and not followed.result.is_passed


@dataclass(frozen=True, slots=True)
class Assessment:
    """One client on one local date."""

    client: str
    today: date
    components: tuple[Component, ...]
    gaps: tuple[Gap, ...]

    @property
    def answers(self) -> tuple[Answer, ...]:
        """All 30, component by component."""
        return tuple(answer for component in self.components for answer in component.answers)

    @property
    def level(self) -> int:
        """The lowest level of a component that applies (row 17)."""
        return min((one.level for one in self.components if one.level is not None), default=0)

    @property
    def mean(self) -> Fraction:
        """The mean score of the components that apply."""
        scores = [one.score for one in self.components if one.level is not None]
        return sum(scores, Fraction(0)) / len(scores) if scores else Fraction(0)

    @property
    def strengths(self) -> tuple[Answer, ...]:
        """Checks that are passed, with the items that show it."""
        return tuple(one for one in self.answers if one.result.is_passed)

    @property
    def weaknesses(self) -> tuple[Component, ...]:
        """What is passed on paper only."""
        return tuple(one for one in self.components if one.is_paper_only)


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two assessments of a client."""

    what: str
    """`opened`, `closed`, `score` or `level`."""
    about: str
    """The key of a gap, or a component."""
    text: str


def differences(before: Assessment, after: Assessment) -> tuple[Difference, ...]:
    """Gaps that opened and closed, and components whose score or level moved (row 54)."""
    was, now = {gap.key: gap for gap in before.gaps}, {gap.key: gap for gap in after.gaps}
    told = [Difference("closed", key, gap.evidence) for key, gap in was.items() if key not in now]
    told += [Difference("opened", key, gap.evidence) for key, gap in now.items() if key not in was]
    for one, other in zip(before.components, after.components, strict=True):
        if one.score != other.score:
            told.append(Difference("score", one.name, f"{rounded(one.score)} → {rounded(other.score)}"))
        if one.level != other.level:
            told.append(Difference("level", one.name, f"{level_words(one.level)} → {level_words(other.level)}"))
    return tuple(told)


def rounded(score: Fraction) -> str:
    """A score as it is shown: rounded down to 0.1."""
    tenths = score.numerator * 10 // score.denominator
    return f"{tenths // 10}.{tenths % 10}"


def level_words(level: int | None) -> str:
    """A level as it is shown."""
    return "not applicable" if level is None else str(level)
