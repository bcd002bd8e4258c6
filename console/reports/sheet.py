"""A sheet on paper: the same titled blocks as plain text, as Markdown, and as one page of HTML that prints on A4."""

from __future__ import annotations

import html as escaping
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from checks.text import clean
from console.pages.sheet import Block, Item

WIDTH, LABEL = 80, 15
_MARKDOWN = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>#|"})
_PHONE = re.compile(r"\+\d[\d-]{5,}\d")
_STYLE = """
@page { size: A4; margin: 12mm; }
* { box-sizing: border-box; }
body { font: 10.5pt/1.35 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; color: #111;
       max-width: 186mm; margin: 8mm auto; }
header { border-bottom: 2.5pt solid #1a5fb4; padding-bottom: 2mm; margin-bottom: 3mm; }
h1 { font-size: 19pt; margin: 0; }
header p { margin: 1mm 0 0; color: #444; }
section { display: grid; grid-template-columns: 36mm 1fr; gap: 0 4mm; padding: 1.6mm 0; border-bottom: 0.4pt solid #ccc;
          break-inside: avoid; }
h2 { font-size: 1em; margin: 0; color: #1a5fb4; }
ul { margin: 0; padding: 0; list-style: none; }
li { padding-bottom: 0.4mm; overflow-wrap: anywhere; }
li span { white-space: nowrap; }
li.breach::before { content: "■ "; color: #b00020; }
li.watch::before { content: "▲ "; color: #9a6700; }
li.breach { font-weight: 600; }
.none { color: #666; }
footer { margin-top: 3mm; color: #555; font-size: 8.5pt; }
body.long { font-size: 8.8pt; line-height: 1.3; }
body.longer { font-size: 7.6pt; line-height: 1.25; }
.long section, .longer section { padding: 1mm 0; }
@media print { body { margin: 0; } }
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on it."""

    title: str
    subtitle: str
    blocks: Sequence[Block]
    signed: str = ""
    """Revision and date, at the foot."""


def brief(sheet: Sheet) -> str:
    """One screen: a block is one line of short words where they have some, wrapped at 80 columns."""
    title, subtitle = clean(sheet.title), clean(sheet.subtitle)
    lines = [f"{title}  {subtitle}"] if len(f"{title}  {subtitle}") <= WIDTH else [title, subtitle]
    for block in sheet.blocks:
        if block.items:
            said = " · ".join(_whole(_sign(item) + clean(item.short or item.text)) for item in block.items)
            lines += _wrapped(clean(block.title), said)
    return "".join(f"{line.rstrip()}\n" for line in [*lines, *_foot(sheet)])


def text(sheet: Sheet) -> str:
    """Plain text, 80 columns wide, one line and more for each item."""
    lines = [clean(sheet.title), clean(sheet.subtitle), "=" * WIDTH]
    for block in sheet.blocks:
        label = clean(block.title)
        for item in block.items or (Item(block.empty),):
            lines += _wrapped(label, _sign(item) + clean(item.text))
            label = ""
        lines.append("")
    return "".join(f"{line.rstrip()}\n" for line in [*lines, *_foot(sheet)])


def markdown(sheet: Sheet) -> str:
    """Markdown; what people wrote cannot become markup."""
    lines = [f"# {_plain(sheet.title)}", "", _plain(sheet.subtitle)]
    for block in sheet.blocks:
        lines += ["", f"## {_plain(block.title)}", ""]
        lines += [f"- {_sign(item)}{_plain(item.text)}" for item in block.items] or [_plain(block.empty)]
    return "\n".join([*lines, "", *(f"*{_plain(line)}*" for line in _foot(sheet))]).rstrip() + "\n"


def html(sheet: Sheet) -> str:
    """One page of HTML that needs nothing else: no script, no picture, no font from anywhere."""
    sections = "\n".join(_section(block) for block in sheet.blocks)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{_safe(sheet.title)}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{_STYLE}</style>\n</head>\n'
        f"<body{_length(sheet)}>\n<header>\n<h1>{_safe(sheet.title)}</h1>\n<p>{_safe(sheet.subtitle)}</p>\n</header>\n<main>\n"
        f"{sections}\n</main>\n<footer>{_safe(sheet.signed)}</footer>\n</body>\n</html>\n"
    )


FORMS = {"text": text, "markdown": markdown, "html": html}


def _section(block: Block) -> str:
    items = "".join(f"<li{_class(item)}>{_led(item.text)}</li>" for item in block.items)
    items = items or f'<li class="none">{_safe(block.empty)}</li>'
    return f"<section>\n<h2>{_safe(block.title)}</h2>\n<ul>{items}</ul>\n</section>"


def _led(said: str) -> str:
    """A line whose first words, up to two spaces, lead the rest."""
    lead, found, rest = said.partition("  ")
    return f"<b>{_safe(lead)}</b> {_called(rest)}" if found else _called(said)


def _called(said: str) -> str:
    """A line whose phone numbers stay whole."""
    return _PHONE.sub(r"<span>\g<0></span>", _safe(said))


def _length(sheet: Sheet) -> str:
    """So much stands on it that the letters must be smaller for one sheet of A4."""
    lines = sum(1 + sum(1 + len(item.text) // 80 for item in block.items) for block in sheet.blocks)
    return "" if lines <= 44 else ' class="long"' if lines <= 60 else ' class="longer"'


def _class(item: Item) -> str:
    return f' class="{item.tone}"' if item.tone in ("watch", "breach") else ""


def _sign(item: Item) -> str:
    return {"breach": "■ ", "watch": "▲ "}.get(item.tone, "")


def _wrapped(label: str, said: str) -> list[str]:
    if len(label) >= LABEL:
        return [label, *_wrapped("", said)]
    room = textwrap.wrap(said, WIDTH - LABEL - 1, break_on_hyphens=False) or [""]
    return [f"{label if not place else '':<{LABEL}} {line}".replace("\xa0", " ") for place, line in enumerate(room)]


def _whole(said: str) -> str:
    """A few words that stay on one line."""
    return said.replace(" ", "\xa0") if len(said) < WIDTH // 2 else said


def _foot(sheet: Sheet) -> list[str]:
    return [clean(sheet.signed)] if sheet.signed else []


def _plain(said: str) -> str:
    return clean(said, 1000).translate(_MARKDOWN)


def _safe(said: str) -> str:
    return escaping.escape(clean(said, 1000))
