"""Commands about the operating model: check, publish, show."""

from __future__ import annotations

from pathlib import Path

import click

from console.commands.files import documents
from console.commands.told import PROBLEMS, Wish, as_json, do, instant, page, table
from console.commands.waiting import do_with

_json = click.option("--json", "form", flag_value="json", help="As JSON.")
_files = click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))


@click.group()
def model() -> None:
    """The clients' operating models, written as YAML."""


@model.command()
@_files
@_json
@click.pass_obj
def check(wish: Wish, files: tuple[Path, ...], form: str | None) -> None:
    """Tell everything that is wrong with model files (or folders of them), at once. Exit code 1 if something is."""
    checked = do_with(wish, "check-model", documents(files))
    if form:
        as_json(checked)
    else:
        for problem in checked.problems:
            where = f" ({problem.where})" if problem.where else ""
            click.echo(f"{problem.file}:{problem.line}:{problem.column}: {problem.text}{where}")
        click.echo(checked.summary, err=bool(checked.problems))
    raise SystemExit(PROBLEMS if checked.problems else 0)


@model.command()
@_files
@click.option("--reason", required=True, help="Why; it stays with the revision.")
@click.option("--by", default="", help="Who decides it, where that is not you.")
@_json
@click.pass_obj
def publish(wish: Wish, files: tuple[Path, ...], reason: str, by: str, form: str | None) -> None:
    """Put model files in force; what stands is judged by them at once."""
    published = do_with(wish, "publish", documents(files), reason=reason, by=by)
    if form:
        as_json(published)
    else:
        click.echo(f"{published.model} revision {published.revision} is in force ({published.sha256[:12]})")


@model.command()
@click.argument("name", default="")
@_json
@click.pass_obj
def show(wish: Wish, name: str, form: str | None) -> None:
    """Print one published model as it was written; without a name, list what is in force."""
    if name:
        shown = do(wish, "show-model", model=name)
        if form:
            as_json(shown)
        else:
            click.echo(shown.text, nl=False)
        return
    heads = page(wish, "model").heads
    if form:
        as_json(heads)
        return
    rows = [(head.model, str(head.revision), instant(head.at), head.author, head.reason) for head in heads]
    table(wish, ("model", "revision", "published", "by", "reason"), rows)


COMMANDS = (model,)
