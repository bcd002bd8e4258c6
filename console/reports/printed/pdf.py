"""A page as PDF, typeset by Typst from data: no text of a person or a machine is ever read as markup."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec

from checks.text import clean
from console.reports.printed.document import Document, Drawing, Part, Section, Sentences, Table, tone
from console.reports.printed.palette import LIGHT, chart_rules
from console.reports.printed.paper import paper

_LONG = 34
"""A column with a cell this long shares the room that is left."""


def pdf(document: Document, one_sheet: bool = True, on: str = "") -> bytes:
    """The page; the same document gives the same bytes. `on` is `a4` or `us-letter`, else what its zone prints on.

    Only fonts that come with the typesetter are used, so every machine makes the same page; it has no clock either.
    """
    kept = [one for one in document.sections if not (one_sheet and one.aside)]
    data = {
        "title": _safe(document.title),
        "subtitle": _safe(document.subtitle),
        "state": _safe(document.state),
        "model": _safe(document.model),
        "headline": [_signed(line) for line in document.headline],
        "sections": [_section(one) for one in kept],
        "foot": _safe(document.foot),
        "preview": document.preview,
        "one_sheet": one_sheet,
        "paper": on or paper(document.zone),
    }
    import typst  # with the first page that is typeset

    given = {"data": msgspec.json.encode(data).decode()}
    return bytes(typst.compile(_template(), format="pdf", sys_inputs=given, ignore_system_fonts=True, timestamp=0))


@cache
def _template() -> bytes:
    return Path(__file__).with_name("page.typ").read_bytes()


def _section(one: Section) -> dict[str, object]:
    return {
        "title": _safe(f"{one.number} {one.title}".strip()),
        "parts": [_part(part) for part in one.parts if _shown(part)],
    }


def _shown(part: Part) -> bool:
    return not isinstance(part, Table) or bool(part.rows or part.empty)


def _part(part: Part) -> dict[str, object]:
    if isinstance(part, Sentences):
        return {"kind": "sentences", "lines": [_signed(line) for line in part.lines], "numbered": part.numbered}
    if isinstance(part, Drawing):
        return {"kind": "drawing", "svg": _inked(part.svg), "wide": part.wide}
    if not part.rows:
        return {"kind": "sentences", "lines": [_signed(part.empty)], "numbered": False}
    return {
        "kind": "table",
        "caption": _safe(part.caption),
        "head": [_safe(word) for word in part.head],
        "rows": [[_signed(cell) for cell in row] for row in part.rows],
        "right": list(part.right),
        "widths": _widths(part),
    }


def _widths(one: Table) -> Sequence[int]:
    """0 for a column as wide as its words; else a share of the room."""
    longest = [max(len(row[place]) for row in (one.head, *one.rows)) for place in range(len(one.head))]
    shares = [width if width > _LONG else 0 for width in longest]
    return shares if any(shares) else [*shares[:-1], 1]


def _inked(svg: str) -> str:
    """A drawing that brings the colours of paper with it."""
    style = f"<style>{chart_rules(LIGHT)} text {{ font-family: 'Libertinus Serif'; }}</style>"
    return svg.replace("</title>", f"</title>{style}", 1)


def _signed(said: str) -> dict[str, str]:
    return {"text": _safe(said), "tone": tone(said)}


def _safe(said: str) -> str:
    return clean(said, 1000)
