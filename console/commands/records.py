"""Commands about what people write beside the model: gaps, and records as JSON lines."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click

from console.commands.models import model
from console.commands.told import PROBLEMS, Wish, as_json, do, page, table

_json = click.option("--json", "form", flag_value="json", help="As JSON.")
_client = click.option("--client", default="", help="Only this client.")


@model.command()
@_client
@_json
@click.pass_obj
def gaps(wish: Wish, client: str, form: str | None) -> None:
    """What the model lacks: evidence, owner, and what closes it."""
    shown = page(wish, "gaps", client=client)
    if form:
        as_json(shown.rows)
        return
    rows = [(row.client, row.number, row.about, row.owner_name or "–", row.evidence) for row in shown.rows]
    table(wish, ("client", "gap", "about", "owner", "evidence"), rows)


@model.command()
@_client
@_json
@click.pass_obj
def promises(wish: Wish, client: str, form: str | None) -> None:
    """Promises that are stricter than the contracts under them."""
    shown = page(wish, "gaps", client=client)
    if form:
        as_json(shown.shortfalls)
        return
    rows = [(row.client, row.service, row.kind, row.contract or "–", row.evidence) for row in shown.shortfalls]
    table(wish, ("client", "service", "kind", "contract", "evidence"), rows)


@click.group()
def records() -> None:
    """Decisions, waivers, sign-offs, maintenance, actions and restore tests, one JSON object a line."""


@records.command("import")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@_json
@click.pass_obj
def import_(wish: Wish, file: TextIO, form: str | None) -> None:
    """Add the records of FILE (`-` for standard input), all or none. Exit code 1 if a line is wrong."""
    done = do(wish, "import-records", text=file.read(), source=file.name)
    if form:
        as_json(done)
    else:
        for problem in done.problems:
            click.echo(problem)
        said = f"{done.new} new, {done.known} there already" if not done.problems else "nothing was imported"
        click.echo(said, err=bool(done.problems))
    raise SystemExit(PROBLEMS if done.problems else 0)


@records.command()
@_client
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file instead.")
@click.pass_obj
def export(wish: Wish, client: str, output: Path | None) -> None:
    """Print the records that hold, as they can be imported again."""
    lines = "".join(f"{row.body}\n" for row in page(wish, "records", client=client).rows)
    if output is None:
        click.echo(lines, nl=False)
    else:
        output.write_text(lines, encoding="utf-8")


COMMANDS = (records,)
