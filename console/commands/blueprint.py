"""Commands that draw the model: the blueprint as text or picture, and who does what."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from checks.text import clean
from console.commands import options
from console.commands.models import model
from console.commands.told import Wish, as_json, page
from console.pages.blueprint import LAYERS, Blueprint, DrawnLine, Raci

_COLOURS = {
    "ok": "green",
    "watch": "yellow",
    "breach": "red",
    "unknown": "cyan",
    "quiet": "bright_black",
    "accent": "blue",
}


@model.command()
@options.which_client
@click.option("--format", "form", type=click.Choice(["text", "svg", "json"]), default="text", show_default=True)
@click.option("--layer", type=click.Choice(LAYERS), help="What the drawing says; raci where a service is named.")
@click.option("--service", default="", help="The service or process whose people light up.")
@click.option("--width", type=click.IntRange(40, 1000), help="Cells for the text; the terminal's by default.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead.")
@click.pass_obj
def draw(wish: Wish, /, output: Path | None, form: str, layer: str | None, **asked: object) -> None:
    """Draw a client's model: people, processes, services, hosts, suppliers, and the lines between them."""
    width = asked.pop("width") or _room(output)
    tab = layer or ("raci" if asked["service"] else LAYERS[0])
    shown: Blueprint = page(wish, "blueprint", tab=tab, width=str(width), format=form, **asked)
    if form == "json":
        as_json(shown)
        return
    told = shown.svg if form == "svg" else "".join(f"{line}\n" for line in _told(shown, wish.colour and not output))
    if output is None:
        click.echo(told, nl=False)
        return
    try:
        output.write_text(told, encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{output} cannot be written: {error.strerror}") from error


@model.command()
@options.which_client
@options.as_json
@click.pass_obj
def raci(wish: Wish, client: str, form: str | None) -> None:
    """Print who does what on one page: R does it, A answers, D stands in for A, C is asked, I is told."""
    shown: Raci = page(wish, "raci", client=client)
    if form:
        as_json(shown.rows)
        return
    click.echo(f"{clean(shown.client_name)}: who does what")
    for line in matrix(shown, 100):
        click.echo(line)
    click.echo("R does it · A answers for it · D deputy of A · C is asked · I is told")


def matrix(shown: Raci, width: int) -> Iterator[str]:
    """Services and processes down, people across; in blocks below one another where they do not fit `width`."""
    named = max((len(clean(row.name, 28)) for row in shown.rows), default=0)
    for block in _blocks(list(_columns(shown)), width - named):
        yield ""
        yield "  ".join((" " * named, *(head.ljust(room) for _, head, room in block))).rstrip()
        for row in shown.rows:
            letters = (" ".join(row.letters.get(id_, "·")).ljust(room) for id_, _, room in block)
            yield "  ".join((clean(row.name, 28).ljust(named), *letters)).rstrip()
    yield ""


def _columns(shown: Raci) -> Iterator[tuple[str, str, int]]:
    """Id, head and width of each column; a first name where only one has it."""
    names = {id_: clean(name, 24) for id_, name in shown.people.items()}
    firsts = Counter(name.split(" ")[0] for name in names.values())
    for id_, name in names.items():
        head = name.split(" ")[0] if firsts[name.split(" ")[0]] == 1 else name
        widest = max(len(" ".join(row.letters.get(id_, "·"))) for row in shown.rows)
        yield id_, head, max(len(head), widest)


def _blocks(columns: list[tuple[str, str, int]], room: int) -> Iterator[list[tuple[str, str, int]]]:
    block: list[tuple[str, str, int]] = []
    for column in columns:
        if block and sum(width + 2 for _, _, width in (*block, column)) > room:
            yield block
            block = []
        block.append(column)
    yield block


def _told(shown: Blueprint, colour: bool) -> Iterator[str]:
    yield f"{clean(shown.client_name)} · {shown.layer}"
    yield clean(shown.answer)
    yield ""
    yield from (_coloured(line, colour) for line in shown.lines)
    yield ""
    yield from (clean(sentence) for sentence in shown.sentences)
    yield " · ".join(shown.legend)


def _coloured(line: DrawnLine, colour: bool) -> str:
    if not colour:
        return "".join(piece.text for piece in line.pieces).rstrip()
    return "".join(click.style(piece.text, fg=_COLOURS.get(piece.tone)) for piece in line.pieces)


def _room(output: Path | None) -> int:
    return shutil.get_terminal_size((120, 24)).columns if sys.stdout.isatty() and output is None else 1000


COMMANDS: tuple[click.Command, ...] = ()
"""They belong to `watchbill model`."""
