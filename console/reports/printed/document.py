"""A page before it has a form: sections of tables, sentences and drawings, in the order they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_TONES: Mapping[str, str] = {"●": "ok", "▲": "watch", "■": "missed", "○": "grey"}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a head; every cell is plain text. A light is a cell that begins with its sign."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    """Columns of numbers."""
    caption: str = ""
    empty: str = ""
    """What is said where there are no rows."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """Lines of a list."""

    lines: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart: its SVG, made here and free of foreign markup, and the same as a table."""

    title: str
    svg: str
    table: Table
    wide: bool = False
    """Whether it takes the page's whole width."""


Part = Table | Sentences | Drawing


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the page."""

    number: str
    title: str
    parts: tuple[Part, ...]
    aside: bool = False
    """Behind the page: for whoever wants to check it, and not printed on the one sheet."""


@dataclass(frozen=True, slots=True)
class Document:
    """The whole page."""

    title: str
    subtitle: str
    state: str
    """Who prepared it and when it was frozen, or what kind of preview it is."""
    model: str
    headline: tuple[str, ...]
    """The answer of five seconds: a sentence a trouble."""
    sections: tuple[Section, ...]
    foot: str = ""
    preview: bool = False
    zone: str = "UTC"


def tone(cell: str) -> str:
    """The light that a cell shows by its first sign: `ok`, `watch`, `missed`, `grey`, or "" for plain text."""
    return _TONES.get(cell[:1], "")


def lines(document: Document) -> int:
    """About how many lines the page takes, to choose how large its letters may be."""
    return 4 + sum(_height(part) for one in document.sections if not one.aside for part in one.parts)


def drawings(document: Document) -> Iterator[Drawing]:
    """Every drawing of the page."""
    for one in document.sections:
        yield from (part for part in one.parts if isinstance(part, Drawing))


def _height(part: Part) -> int:
    if isinstance(part, Table):
        return 1 + sum(1 + max(map(len, row)) // 90 for row in part.rows)
    if isinstance(part, Sentences):
        return sum(1 + len(line) // 100 for line in part.lines)
    return 4 if part.wide else 1
