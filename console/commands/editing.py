"""`watchbill model edit`: a model in an editor, and back as a revision; comments stay, nothing wrong gets through."""

from __future__ import annotations

import os
import sys

import click

from console.client.client import NotReachable, Refused
from console.client.editing import edited, keep_aside
from console.commands.models import model
from console.commands.told import Wish, do, fail, say


@model.command()
@click.argument("name")
@click.option("--reason", default="", help="Why; asked for where it is not given.")
@click.option("--by", default="", help="Who decides it, where that is not you.")
@click.option("--propose", is_flag=True, help="Keep it as a draft instead of publishing it.")
@click.pass_obj
def edit(wish: Wish, name: str, reason: str, by: str, propose: bool) -> None:
    """Open a model in $VISUAL or $EDITOR, and publish what comes back.

    What does not check is opened again with everything that is wrong on top; leaving it so publishes nothing.
    """
    pulled = do(wish, "pull-model", model=name)
    try:
        came = edited(wish.client, name, pulled.text, _editor)
    except (NotReachable, Refused) as error:
        fail(error)
    if came.text is None:
        click.echo("nothing was changed", err=True)
        _say_where(came.kept)
        return
    reason = reason or click.prompt("why")
    document = {"name": f"{name}.yaml", "text": came.text, "base": pulled.revision}
    if propose:
        say(do(wish, "propose", documents=[document], reason=reason).text)
        return
    try:
        done = wish.client.do("publish", documents=[document], reason=reason, by=by)
    except (NotReachable, Refused) as error:
        _say_where(keep_aside(name, came.text))
        fail(error)
    click.echo(f"{done.model} revision {done.revision} is in force ({done.sha256[:12]})")


def _say_where(kept: str) -> None:
    if kept:
        click.echo(f"your text is in {kept}", err=True)


def _editor(text: str) -> str | None:
    """What comes back from the editor. Raises UsageError where there is none, or it fails."""
    has_editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not has_editor and not sys.stdin.isatty():
        raise click.UsageError("there is no terminal to edit in; set EDITOR, or use `watchbill model pull` and publish")
    try:
        return click.edit(text, extension=".yaml")
    except click.ClickException as error:
        raise click.UsageError(f"{error.message}; nothing was published") from error


COMMANDS = ()
