"""Long lines of a written page, folded to the width of the screen; nothing of a page that is read may be cut off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from textwrap import wrap

from console.tui.view import Row

_LABEL = re.compile(r"\s*\S+(?: \S+)*\s{2,}(?=\S)")
"""The beginning of a line whose text stands in a second column: `2 HELP       answered …`."""
_GAP = re.compile(r"(?<=\S)\s{2,}(?=[■▲●○] \S)")
_MOST_INDENT = 16
_LEAST_WIDTH = 24
_SIGN = re.compile("([■▲●○△▼]) (?=\\S)")


def folded(rows: Iterable[Row], width: int) -> Iterator[Row]:
    """Rows of one cell; a text of more than `width` characters goes on in rows of its own, set in as it is."""
    for row in rows:
        cell, *_ = row.cells
        pieces = _pieces(cell.text, max(width, _LEAST_WIDTH))
        for place, piece in enumerate(pieces):
            yield replace(row, key=f"{row.key}+{place}" if place else row.key, cells=(replace(cell, text=piece),))


def _pieces(text: str, width: int) -> list[str]:
    text = _squeezed(text, width)
    if len(text) <= width:
        return [text]
    held = _SIGN.sub("\\1\u00a0", text)  # a sign stays with its word: no line break is taken there
    pieces = wrap(held, width, subsequent_indent=" " * _indent(text), break_on_hyphens=False) or [""]
    return [piece.replace("\u00a0", " ") for piece in pieces]


def _squeezed(text: str, width: int) -> str:
    """The same with less room before the light at its end, where that is all that it is too long by."""
    over = len(text) - width
    gaps = list(_GAP.finditer(text)) if over > 0 else []
    if not gaps or len(gaps[-1][0]) - over < 1:
        return text
    last = gaps[-1]
    return text[: last.start()] + text[last.start() + over :]


def _indent(text: str) -> int:
    """Where the text of a line begins, behind its label; of a row of a table, a little behind its first cell."""
    label = _LABEL.match(text)
    leading = len(text) - len(text.lstrip())
    if label is None:
        return min(leading, _MOST_INDENT)
    return label.end() if label.end() <= _MOST_INDENT else min(leading + 2, _MOST_INDENT)
