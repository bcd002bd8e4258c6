"""What a screen shows, without Textual: columns, rows of cells, and the lines around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from checks.finding import Status
from checks.reading import Instant

TONES: Mapping[Status, str] = {
    Status.OK: "ok",
    Status.WATCH: "watch",
    Status.BREACH: "breach",
    Status.UNKNOWN: "unknown",
    Status.NOT_DUE: "quiet",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of text and the tone it is said in: a status, `quiet`, `accent`, or "" for plain."""

    text: str
    tone: str = ""
    order: float | str | None = None
    """What it sorts by, where that is not its text."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. The higher its priority number, the sooner it falls away on a narrow screen."""

    title: str
    width: int
    right: bool = False
    priority: int = 0
    flex: bool = False
    """Whether it takes the room that is left."""
    folds: bool = False
    """Of a list that has no other column: whether a text that is too long goes on in the next line."""
    is_joined: bool = False
    """Whether it follows the one before without a gap, as the columns of a drawing do."""


@dataclass(frozen=True, slots=True)
class Target:
    """A page to open, with its arguments."""

    page: str
    arguments: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `key` stays the same while the thing it shows does."""

    key: str
    cells: tuple[Cell, ...]
    opens: Target | None = None
    about: tuple[tuple[str, str], ...] = ()
    """What verbs on this row take: names of arguments and their values."""
    detail: tuple[str, ...] = ()
    """What the pane beside the list says about it, where there is room."""


@dataclass(frozen=True, slots=True)
class View:
    """A whole screen. `title` says where it is, `answer` answers the question of the page."""

    title: str
    answer: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    tone: str = ""
    """The tone of the answer."""
    above: tuple[Cell, ...] = ()
    """Lines between the heading and the list."""
    empty: tuple[str, ...] = field(default=())
    """What is said where there are no rows: what would be here, and how it gets here."""


Presenters = Mapping[str, Callable[[Any, Instant], View]]
"""What makes the view of each page, by the page's name."""


def glyph(status: Status) -> Cell:
    """Sign and word."""
    return Cell(f"{status.sign} {status.value}", TONES[status], status.rank)


def sign(status: Status) -> Cell:
    """The sign alone, where the words are beside it."""
    return Cell(status.sign, TONES[status], status.rank)
