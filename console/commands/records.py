"""Commands about what people write beside the model: gaps, and records as JSON lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import click

from checks.text import clean
from console.commands import options
from console.commands.files import put, text_of
from console.commands.models import model
from console.commands.told import PROBLEMS, Wish, as_json, do, page, table
from console.commands.waiting import waiting
from console.pages.papers import MOST_BYTES

IMPORT_SECONDS = 600.0


NO_SHORTFALL = "no promise is stricter than the contracts that are written under it"


@model.command()
@options.only_client
@options.as_json
@click.pass_obj
def gaps(wish: Wish, client: str, form: str | None) -> None:
    """What the model lacks: evidence, owner, and what closes it."""
    shown = page(wish, "gaps", client=client)
    if form:
        as_json(shown.rows)
        return
    rows = [(row.client, row.number, row.about, row.owner_name or "–", row.evidence) for row in shown.rows]
    table(wish, ("client", "gap", "about", "owner", "evidence"), rows, "no gap is known")


@model.command()
@options.only_client
@options.as_json
@click.pass_obj
def promises(wish: Wish, client: str, form: str | None) -> None:
    """Promises that are stricter than the contracts under them."""
    shown = page(wish, "gaps", client=client)
    if form:
        as_json(shown.shortfalls)
        return
    rows = [(row.client, row.service, row.kind, row.contract or "–", row.evidence) for row in shown.shortfalls]
    table(wish, ("client", "service", "kind", "contract", "evidence"), rows, NO_SHORTFALL)


@click.group()
def records() -> None:
    """What was decided and what happened, one JSON object a line (docs/records.md)."""


@records.command("import")
@click.argument("file", type=click.File("rb"))
@options.as_json
@click.pass_obj
def import_(wish: Wish, file: BinaryIO, form: str | None) -> None:
    """Add the records of FILE (`-` for standard input), all or none. Exit code 1 if a line is wrong."""
    read = file.read(MOST_BYTES + 1)
    if len(read) > MOST_BYTES:
        raise click.UsageError(f"{file.name} is larger than {MOST_BYTES >> 20} MiB; import it in parts")
    text = text_of(read, file.name)
    if not text.strip():
        raise click.UsageError(f"{file.name} is empty: there is no record in it")
    patient = replace(wish, client=wish.client.patient(IMPORT_SECONDS))
    with waiting(f"adding {text.count(chr(10)) + 1} lines"):
        done = do(patient, "import-records", text=text, source=file.name)
    if form:
        as_json(done)
    else:
        for problem in done.problems:
            click.echo(clean(problem, 500))
        said = f"{done.new} new, {done.known} there already" if not done.problems else "nothing was imported"
        click.echo(said, err=bool(done.problems))
    raise SystemExit(PROBLEMS if done.problems else 0)


@records.command()
@options.only_client
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file instead.")
@click.pass_obj
def export(wish: Wish, client: str, output: Path | None) -> None:
    """Print the records that hold, as they can be imported again."""
    lines = "".join(f"{row.body}\n" for row in page(wish, "records", client=client).rows)
    if not lines:
        click.echo("no record is written yet", err=True)
    if output is None:
        click.echo(lines, nl=False)
    else:
        put([("records.jsonl", lines)], output)


COMMANDS = (records,)
