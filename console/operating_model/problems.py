"""What is wrong with a model, all of it at once, each with file, line, column and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


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

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        first = self.problems[0]
        super().__init__(f"{first.file}:{first.line}:{first.column}: {first.text} ({len(self.problems)} in all)")


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, as the end of a sentence; "" where none is near."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""
