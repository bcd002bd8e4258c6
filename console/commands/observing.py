"""The command that drafts a model from what agents report."""

from __future__ import annotations

from pathlib import Path

import click

from console.commands import options
from console.commands.models import model
from console.commands.told import Wish, as_json, page
from console.pages.observing import Draft


@model.command()
@options.which_client
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead.")
@options.as_json
@click.pass_obj
def draft(wish: Wish, client: str, output: Path | None, form: str | None) -> None:
    """Draft a model from the agents that check in: observed, not agreed. Complete it, check it, publish it."""
    shown: Draft = page(wish, "observed", client=client)
    if form:
        as_json(shown)
        return
    if output is None:
        click.echo(shown.text, nl=False)
        return
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(shown.text)
    except OSError as error:
        raise click.UsageError(f"{output} cannot be written: {error.strerror}") from error
    click.echo(f"{shown.hosts} hosts in {output}: observed, not agreed", err=True)


COMMANDS: tuple[click.Command, ...] = ()
"""It belongs to `watchbill model`."""
