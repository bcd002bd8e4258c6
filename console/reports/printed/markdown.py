"""A page as Markdown; what people and machines wrote cannot become markup."""

from __future__ import annotations

from collections.abc import Iterator

from checks.text import clean
from console.reports.printed.document import Document, Drawing, Part, Sentences, Table

_SAFE = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>#|~"})


def markdown(document: Document) -> str:
    """The page, ending with a line end."""
    lines = [
        f"# {plain(document.title)}",
        "",
        f"{plain(document.subtitle)} · {plain(document.model)}",
        "",
        plain(document.state),
    ]
    lines += ["", *(f"**{plain(one)}**  " for one in document.headline)]
    for one in document.sections:
        lines += ["", f"{'###' if one.aside else '##'} {plain(f'{one.number} {one.title}'.strip())}", ""]
        for part in one.parts:
            lines += [*_part(part), ""]
    lines.append(plain(document.foot))
    said = "\n".join(line.rstrip() if not line.endswith("**  ") else line for line in lines)
    while "\n\n\n" in said:
        said = said.replace("\n\n\n", "\n\n")
    return said.rstrip() + "\n"


def plain(said: str) -> str:
    """Characters that mean something in Markdown mean nothing."""
    return clean(said, 1000).translate(_SAFE)


def _part(part: Part) -> Iterator[str]:
    if isinstance(part, Sentences):
        yield from (
            f"{f'{place}.' if part.numbered else '-'} {plain(line)}" for place, line in enumerate(part.lines, 1)
        )
    elif isinstance(part, Drawing):
        yield f"*{plain(part.title)}*"
        yield ""
        yield from _table(part.table)
    else:
        yield from _table(part)


def _table(one: Table) -> Iterator[str]:
    if not one.rows:
        if one.empty:
            yield plain(one.empty)
        return
    yield f"| {' | '.join(plain(word) for word in one.head)} |"
    yield f"|{'|'.join('--:' if place in one.right else '---' for place in range(len(one.head)))}|"
    for row in one.rows:
        yield f"| {' | '.join(plain(cell) for cell in row)} |"
