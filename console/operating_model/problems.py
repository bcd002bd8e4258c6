"""What is wrong with a model, all of it at once, each with file, line, column and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from dataclasses import dataclass

MOST_TOLD = 1000
"""Problems of one kind that are told of one document; who has more of them mends these first."""
_FEW = 100


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that keeps a model from being published. Line and column count from 1."""

    file: str
    line: int
    column: int
    where: str
    text: str


class ModelErrors(Exception):
    """The documents are not a model: `problems` says everything that is wrong with them."""

    def __init__(self, problems: Collection[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        first = self.problems[0]
        super().__init__(f"{first.file}:{first.line}:{first.column}: {first.text} ({len(self.problems)} in all)")


def nearest(word: str, known: Collection[str]) -> str:
    """The known word that was probably meant, as the end of a sentence; "" where none is near."""
    near = difflib.get_close_matches(word, _candidates(word, known), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _candidates(word: str, known: Collection[str]) -> list[str]:
    """Of many words only those that begin or end alike: one slip leaves one half of a word as it was."""
    if len(known) <= _FEW:
        return list(known)
    half = max(1, len(word) // 2)
    begins, ends = word[:half], word[half:]
    alike = [one for one in known if abs(len(one) - len(word)) <= 1 and (one.startswith(begins) or one.endswith(ends))]
    return alike[:_FEW]
