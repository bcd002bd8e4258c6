"""A page as HTML that needs nothing else: no script, no font, no picture from anywhere; nothing foreign is markup."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path

from checks.text import clean
from console.reports.printed.document import Document, Drawing, Part, Section, Sentences, Table, lines, tone
from console.reports.printed.palette import DARK, LIGHT, chart_rules, variables

_LENGTHS = ((52, ""), (64, "long"), (80, "longer"))
"""Up to so many lines, letters of such a size."""
_ONE_LINE, _ONE_LIGHT = 40, 16
"""A cell so short is never broken; in the last column, that of the lights, one that is shorter still."""


@cache
def style() -> str:
    """The style sheet: light, dark where the reader's system is dark, and black on white on paper."""
    rules = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    named = chart_rules({name: f"var(--{name})" for name in LIGHT})
    dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {variables(DARK)} color-scheme: dark; }} }}"
    return f":root {{ {variables(LIGHT)} }}\n{dark}\n{rules}{named}\n"


def html(document: Document, one_sheet: bool = True) -> str:
    """The page. What stands aside of it is not printed; `one_sheet` makes the letters so small that it fits one."""
    sheet = style()
    hashed = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"
    kinds = f"printed {_length(document)}" if one_sheet else "roomy"
    preview = '<span class="preview">PREVIEW</span> ' if document.preview else ""
    answer = "".join(f'<p class="{tone(one)}">{_safe(one)}</p>' for one in document.headline)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{_safe(document.title)}: {_safe(document.subtitle)}</title>\n<style>{sheet}</style>\n</head>\n"
        f'<body class="{kinds}">\n<header><h1>{_safe(document.title)}</h1><p>{_safe(document.subtitle)}</p>'
        f"<p>{_safe(document.model)}</p></header>\n"
        f'<p class="state">{preview}{_safe(document.state.removeprefix("PREVIEW").lstrip(", "))}</p>\n'
        f'<div class="answer">{answer}</div>\n<main>\n'
        + "\n".join(_section(one) for one in document.sections)
        + f"\n</main>\n<footer>{_safe(document.foot)}</footer>\n</body>\n</html>\n"
    )


def _length(document: Document) -> str:
    count = lines(document)
    return next((kind for most, kind in _LENGTHS if count <= most), "longest")


def _section(one: Section) -> str:
    kind = ' class="aside"' if one.aside else ""
    head = f"{one.number} {one.title}".strip()
    return f"<section{kind}>\n<h2>{_safe(head)}</h2>\n<div>{''.join(_parts(one.parts))}</div>\n</section>"


def _parts(parts: tuple[Part, ...]) -> Iterator[str]:
    for are_drawings, group in groupby(parts, lambda part: isinstance(part, Drawing)):
        found = list(group)
        shown = "".join(map(_part, found))
        narrow = sum(isinstance(part, Drawing) and not part.wide for part in found)
        yield f'<div class="charts of{min(4, max(2, narrow))}">{shown}</div>' if are_drawings else shown


def _part(part: Part) -> str:
    if isinstance(part, Table):
        return table(part)
    if isinstance(part, Sentences):
        kind = "ol" if part.numbered else "ul"
        return f"<{kind}>{''.join(f'<li>{_signed(line)}</li>' for line in part.lines)}</{kind}>"
    wide = ' class="wide"' if part.wide else ""
    told = f"<details><summary>{_safe(part.title)}</summary>{table(part.table)}</details>"
    return f"<figure{wide}>{part.svg}{told}</figure>"


def table(one: Table) -> str:
    """A table; nothing at all where it has neither rows nor a word for having none."""
    if not one.rows:
        return f"<p>{_safe(one.empty)}</p>" if one.empty else ""
    head = "".join(f'<th scope="col"{_side(one, place)}>{_safe(word)}</th>' for place, word in enumerate(one.head))
    caption = f"<caption>{_safe(one.caption)}</caption>" if one.caption else ""
    rows = "".join(f"<tr>{''.join(_cell(one, place, cell) for place, cell in enumerate(row))}</tr>" for row in one.rows)
    return f'<div class="scroll"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _cell(one: Table, place: int, cell: str) -> str:
    if one.head[place] == "nights":
        return f'<td class="strip">{_safe(cell)}</td>'
    is_short = len(cell) <= (_ONE_LINE if place + 1 < len(one.head) else _ONE_LIGHT)
    kind = "n" if place in one.right else "one" if is_short else ""
    return f"<td{f' class={chr(34)}{kind}{chr(34)}' if kind else ''}>{_signed(cell)}</td>"


def _side(one: Table, place: int) -> str:
    return ' class="n"' if place in one.right else ""


def _signed(said: str) -> str:
    kind = tone(said)
    return f'<span class="{kind}">{_safe(said)}</span>' if kind else _safe(said)


def _safe(said: str) -> str:
    return escape(clean(said, 1000), quote=True)
