"""What a part of a page with tabs is made of: columns, rows, the sentence above them, what stands instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from checks.finding import Status
from checks.reading import Instant
from checks.text import clean
from checks.wording import counted
from console.tui.view import TONES, Cell, Column, Row

SIGN = Column("", 1)
CLIENT = Column("client", 10, priority=1)


@dataclass(frozen=True, slots=True)
class Part:
    """One tab."""

    columns: tuple[Column, ...]
    row: Callable[[Any, Instant], Row]
    answer: Callable[[Sequence[Any]], tuple[str, str]]
    """The sentence and its tone, where there are rows."""
    nothing: str
    empty: tuple[str, ...]
    """What would be here, and how it gets here."""
    together: Callable[[Sequence[Any], Instant], tuple[Row, ...]] | None = None
    """Makes all rows at once, where each is drawn beside the others."""


def mark(status: Status) -> Cell:
    """The sign of a status."""
    return Cell(status.sign, TONES[status], status.rank)


def text(said: str, tone: str = "") -> Cell:
    """Somebody's words, made safe; a dash where there are none."""
    return Cell(clean(said) or "–", tone if said else "quiet")


def told(*lines: tuple[str, str]) -> tuple[str, ...]:
    """Detail lines: a word and what is said to it; what is empty falls away."""
    return tuple(clean(f"{word:<11}{said}" if word else said, 400) for word, said in lines if said)


def worst_of(rows: Sequence[Any], word: str, words: str, well: str) -> tuple[str, str]:
    """`2 need somebody`, in the tone of the worst; `well` where none does."""
    bad = [row.status for row in rows if row.status in (Status.WATCH, Status.BREACH)]
    tone = "breach" if Status.BREACH in bad else "watch" if bad else "ok"
    return (counted(len(bad), word, words) if bad else well), tone
