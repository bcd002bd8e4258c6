"""How the command line speaks: tables and JSON on stdout, trouble on stderr, one documented exit code for each kind."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import click
from msgspec import Struct

from checks.finding import Status
from checks.text import clean
from console.client.client import Client, NotReachable, Refused

PROBLEMS, UNREACHABLE, REFUSED, TAKEN = 1, 10, 11, 12
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


def wants_colour(asked: str) -> bool:
    """Whether to colour: as asked, else only on a terminal and never against NO_COLOR."""
    if asked != "auto":
        return asked == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def page(wish: Wish, name: str, **arguments: object) -> Any:  # noqa: ANN401 - the page's own type
    """A page of the desk; trouble ends the program with its code."""
    try:
        return wish.client.page(name, **arguments)
    except (NotReachable, Refused) as error:
        fail(error)


def do(wish: Wish, name: str, **arguments: object) -> Any:  # noqa: ANN401 - the verb's own answer
    """Do a verb; trouble ends the program with its code."""
    try:
        return wish.client.do(name, **arguments)
    except (NotReachable, Refused) as error:
        fail(error)


def fail(error: NotReachable | Refused) -> NoReturn:
    """Say what is wrong and what to do, and end."""
    click.echo(f"watchbill: {error}", err=True)
    if isinstance(error, Refused):
        if error.what_to_do:
            click.echo(f"           {error.what_to_do}", err=True)
        raise SystemExit(REFUSED)
    raise SystemExit(UNREACHABLE)


def as_json(rows: object) -> None:
    """Print JSON: instants as RFC 3339 in UTC, everything else as it is."""
    click.echo(json.dumps(plain(rows), indent=2, ensure_ascii=False))


def plain(value: object, key: str = "") -> Any:  # noqa: ANN401 - a JSON tree
    """A page's value as JSON."""
    if isinstance(value, Struct):
        return {name: plain(getattr(value, name), name) for name in value.__struct_fields__}
    if isinstance(value, dict):
        return {str(name): plain(one, str(name)) for name, one in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [plain(one) for one in value]
    if isinstance(value, int) and not isinstance(value, bool) and _is_instant(key):
        return instant(value)
    return value


def _is_instant(key: str) -> bool:
    return key.endswith(("_at", "_until")) or key in ("now", "since", "start", "end", "last_seen", "oldest_evidence")


def instant(seconds: int | None) -> str:
    """RFC 3339 in UTC."""
    return "" if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local(seconds: int | None, now: int) -> str:
    """How long ago, for a person."""
    from checks.wording import duration

    return "never" if seconds is None else f"{duration(max(0, now - seconds))} ago"


def sign(wish: Wish, status: Status) -> str:
    """Sign and word, coloured where wanted."""
    text = f"{status.sign} {status.value}"
    return click.style(text, fg=_COLOURS[status]) if wish.colour else text


def table(wish: Wish, head: Sequence[str], rows: Iterable[Sequence[str | Status]]) -> None:
    """An aligned table; the last column is cut to the terminal's width. Every cell is made safe to show."""
    lines = [[cell if isinstance(cell, Status) else clean(cell) for cell in row] for row in rows]
    widths = [
        max([len(head[place]), *(_width(line[place]) for line in lines)], default=0) for place in range(len(head))
    ]
    room = shutil.get_terminal_size((120, 24)).columns if sys.stdout.isatty() else 10_000
    widths[-1] = max(10, min(widths[-1], room - sum(widths[:-1]) - 2 * (len(head) - 1)))
    click.echo("  ".join(word.upper().ljust(width) for word, width in zip(head, widths, strict=True)).rstrip())
    for line in lines:
        click.echo("  ".join(_cell(wish, cell, width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _width(cell: str | Status) -> int:
    return len(cell) if not isinstance(cell, Status) else len(cell.value) + 2


def _cell(wish: Wish, cell: str | Status, width: int) -> str:
    if isinstance(cell, Status):
        return sign(wish, cell) + " " * (width - _width(cell))
    return (cell if len(cell) <= width else cell[: width - 1] + "…").ljust(width)
