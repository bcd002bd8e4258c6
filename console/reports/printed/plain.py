"""A page as plain text where no layout of its own was agreed: the owner's page, 100 columns wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from checks.text import clean
from console.reports.printed.document import Document, Drawing, Part, Sentences, Table

WIDTH = 100


def plain_text(document: Document) -> str:
    """The page, ending with a line end; drawings are left to the forms that can draw."""
    lines = [f"{clean(document.title).upper():<27} {clean(document.subtitle)}", *_wrapped(document.state, ""), ""]
    lines += [line for one in document.headline for line in _wrapped(one, "")]
    for one in document.sections:
        lines += ["", f"{one.number} {one.title.upper()}".strip()]
        lines += [line for part in one.parts for line in _part(part)]
    lines += ["", *_wrapped(document.foot, "")] if document.foot else []
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def _part(part: Part) -> Iterator[str]:
    if isinstance(part, Sentences):
        for line in part.lines:
            yield from _wrapped(line, "  ")
    elif not isinstance(part, Drawing):
        yield from _table(part)


def _table(one: Table) -> Iterator[str]:
    if not one.rows:
        yield from _wrapped(one.empty, "  ") if one.empty else ()
        return
    rows = [one.head, *one.rows]
    widths = [max(len(row[place]) for row in rows) for place in range(len(one.head))]
    widths[-1] = max(8, min(widths[-1], WIDTH - 2 - sum(widths[:-1]) - 2 * (len(widths) - 1)))
    for row in rows:
        yield "  " + "  ".join(_cell(one, place, cell, widths[place]) for place, cell in enumerate(row)).rstrip()


def _cell(one: Table, place: int, cell: str, width: int) -> str:
    shown = cell if len(cell) <= width else f"{cell[: width - 1]}…"
    return f"{shown:>{width}}" if place in one.right else f"{shown:<{width}}"


def _wrapped(said: str, before: str) -> Sequence[str]:
    room = textwrap.wrap(clean(said, 900), WIDTH - len(before) - 2, break_on_hyphens=False)
    return [f"{before if not place else f'{before}  '}{line}" for place, line in enumerate(room)]
