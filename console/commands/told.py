"""How the command line speaks: tables and JSON on stdout, trouble on stderr, one documented exit code for each kind."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import click

from checks.finding import Status
from checks.text import clean
from console.client.client import Client, NotReachable, Refused
from console.pages.plain import plain

_LINE = 1000
"""Characters of a line of trouble: what was given may stand in it."""
PROBLEMS, UNREACHABLE, REFUSED, TAKEN = 1, 10, 11, 12
_STEERING = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")
"""What a terminal could be steered with; JSON has an escape for it that means the same."""
_COLOURS = {
    Status.OK: "green",
    Status.WATCH: "yellow",
    Status.BREACH: "red",
    Status.UNKNOWN: "cyan",
    Status.NOT_DUE: "bright_black",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What stood before the command: which home, which form."""

    home: Path
    client: Client
    colour: bool
    socket: Path | None = None
    """Where the daemon listens, where that was said."""
    warned: list[str] = field(default_factory=list)
    """What was said beside an answer."""


def wants_colour(asked: str) -> bool:
    """Whether to colour: as asked, else only on a terminal and never against NO_COLOR."""
    if asked != "auto":
        return asked == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def page(wish: Wish, name: str, **arguments: object) -> Any:  # noqa: ANN401 - the page's own type
    """A page of the desk; trouble ends the program with its code."""
    try:
        return _warned(wish, wish.client.page(name, **arguments))
    except (NotReachable, Refused) as error:
        fail(error)


def do(wish: Wish, name: str, **arguments: object) -> Any:  # noqa: ANN401 - the verb's own answer
    """Do a verb; trouble ends the program with its code."""
    try:
        return _warned(wish, wish.client.do(name, **arguments))
    except (NotReachable, Refused) as error:
        fail(error)


def _warned(wish: Wish, answer: Any) -> Any:  # noqa: ANN401 - the answer's own type
    """The answer; that nothing is kept just now is said beside it, once."""
    if wish.client.trouble and not wish.warned:
        click.echo(f"watchbill: {clean(wish.client.trouble, _LINE)}", err=True)
        wish.warned.append(wish.client.trouble)
    return answer


def fail(error: NotReachable | Refused) -> NoReturn:
    """Say what is wrong and what to do, and end."""
    click.echo("\n".join(clean(line, _LINE) for line in f"watchbill: {error}".split("\n")), err=True)
    if isinstance(error, Refused):
        if error.what_to_do:
            click.echo(f"           {clean(error.what_to_do, _LINE)}", err=True)
        raise SystemExit(REFUSED)
    raise SystemExit(UNREACHABLE)


_NARROW = 11
"""Cells that no column is cut below: a status with its sign, or a day, still fits."""
NOTHING = "no model is published yet; write a first one: watchbill model init"
"""What is said where a table has no rows because there is no client."""


def say(text: str) -> None:
    """What the desk answers, a line at a time; what somebody typed may stand in it."""
    for line in text.split("\n"):
        click.echo(clean(line, _LINE))


def as_json(rows: object) -> None:
    """Print JSON: instants as RFC 3339 in UTC, everything else as it is."""
    click.echo(
        _STEERING.sub(lambda one: f"\\u{ord(one[0]):04x}", json.dumps(plain(rows), indent=2, ensure_ascii=False))
    )


def local(seconds: int | None, now: int) -> str:
    """How long ago, for a person."""
    from checks.wording import duration

    return "never" if seconds is None else f"{duration(max(0, now - seconds))} ago"


def sign(wish: Wish, status: Status) -> str:
    """Sign and word, coloured where wanted."""
    text = f"{status.sign} {status.value}"
    return click.style(text, fg=_COLOURS[status]) if wish.colour else text


def table(wish: Wish, head: Sequence[str], rows: Iterable[Sequence[str | Status]], empty: str = "") -> None:
    """An aligned table, cut to the terminal's width: the last column first. Every cell is made safe to show.

    Where there is no row, `empty` says on stderr what would stand here, and how it comes there.
    """
    lines = [[cell if isinstance(cell, Status) else clean(cell) for cell in row] for row in rows]
    if not lines and empty:
        click.echo(empty, err=True)
        return
    widths = [
        max([len(head[place]), *(_width(line[place]) for line in lines)], default=0) for place in range(len(head))
    ]
    room = shutil.get_terminal_size((120, 24)).columns if sys.stdout.isatty() else 10_000
    _fit(widths, room - 2 * (len(head) - 1))
    titles = [_cell(wish, word.upper(), width) for word, width in zip(head, widths, strict=True)]
    click.echo("  ".join(titles).rstrip())
    for line in lines:
        click.echo("  ".join(_cell(wish, cell, width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _fit(widths: list[int], room: int) -> None:
    """Make columns narrow until they have room: the last one down to 20 characters, then whichever is widest."""
    widths[-1] = max(min(widths[-1], 20), min(widths[-1], room - sum(widths[:-1])))
    while sum(widths) > room and max(widths) > _NARROW:
        widths[widths.index(max(widths))] -= 1


def _width(cell: str | Status) -> int:
    return len(cell) if not isinstance(cell, Status) else len(cell.value) + 2


def _cell(wish: Wish, cell: str | Status, width: int) -> str:
    if isinstance(cell, Status):
        return sign(wish, cell) + " " * (width - _width(cell))
    return (cell if len(cell) <= width else cell[: width - 1] + "…").ljust(width)
