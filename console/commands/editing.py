"""`watchbill model edit`: a model in an editor, and back as a revision; comments stay, nothing wrong gets through."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import mkstemp

import click

from checks.text import clean
from console.client.client import NotReachable, Refused
from console.commands.models import model
from console.commands.told import Wish, do, fail, say

_MARK = "#! "
_LEFT = "mend it below these lines, which are taken away again; leave the file as it is to give up"


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
    text = edited(wish, name, pulled.text)
    if text is None:
        click.echo("nothing was changed", err=True)
        return
    reason = reason or click.prompt("why")
    document = {"name": f"{name}.yaml", "text": text, "base": pulled.revision}
    if propose:
        say(do(wish, "propose", documents=[document], reason=reason).text)
        return
    try:
        done = wish.client.do("publish", documents=[document], reason=reason, by=by)
    except (NotReachable, Refused) as error:
        _save(name, text)
        fail(error)
    click.echo(f"{done.model} revision {done.revision} is in force ({done.sha256[:12]})")


def edited(wish: Wish, name: str, original: str) -> str | None:
    """What comes back from the editor and checks; None where it was left as it was, or given up."""
    opened, text = original, original
    while True:
        came = _opened(opened)
        if came is None or came == opened or _unmarked(came) == original:
            if text != original:
                _save(name, text)
            return None
        text = _unmarked(came)
        checked = do(wish, "check-model", documents=[{"name": f"{name}.yaml", "text": text}])
        if not checked.problems:
            return text
        told = [f"line {one.line}: {one.text}" + (f" ({one.where})" if one.where else "") for one in checked.problems]
        opened = "".join(f"{_MARK}{clean(line, 500)}\n" for line in (*told, _LEFT)) + text


def _opened(text: str) -> str | None:
    """What comes back from the editor. Raises UsageError where there is none, or it fails."""
    has_editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not has_editor and not sys.stdin.isatty():
        raise click.UsageError("there is no terminal to edit in; set EDITOR, or use `watchbill model pull` and publish")
    try:
        return click.edit(text, extension=".yaml")
    except click.ClickException as error:
        raise click.UsageError(f"{error.message}; nothing was published") from error


def _unmarked(text: str) -> str:
    """The text without the lines that were put on top of it."""
    lines = text.splitlines(keepends=True)
    first = next((place for place, line in enumerate(lines) if not line.startswith(_MARK)), len(lines))
    return "".join(lines[first:])


def _save(name: str, text: str) -> None:
    """Keep what somebody wrote and could not publish, in a file beside them; in the temporary folder, if need be."""
    path = Path(f"{name}.rejected.yaml")
    try:
        path.write_text(text, encoding="utf-8")
    except OSError:
        number, named = mkstemp(f"-{path.name}")
        os.close(number)
        path = Path(named)
        path.write_text(text, encoding="utf-8")
    click.echo(f"your text is in {path}", err=True)


COMMANDS = ()
