"""Commands about the operating model: check, publish, show."""

from __future__ import annotations

from pathlib import Path

import click

from console.commands import options
from console.commands.files import documents, moved_on
from console.commands.told import NOTHING, PROBLEMS, Wish, as_json, do, page, say, table
from console.commands.waiting import do_with
from console.pages.plain import instant

_files = click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))


@click.group()
def model() -> None:
    """The clients' operating models, written as YAML."""


@model.command()
@_files
@options.as_json
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
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--reason", default="", help="Why; it stays with the revision (a draft has its own).")
@click.option("--by", default="", help="Who decides it, where that is not you.")
@click.option("--base", type=click.IntRange(1), help="The revision that FILE was edited from, where it does not say.")
@click.option("--draft", default="", help="Put this draft in force instead of files.")
@click.option("--overrule", default="", help="Why an objection to it does not hold.")
@options.as_json
@click.pass_obj
def publish(
    wish: Wish, /, files: tuple[Path, ...], form: str | None, base: int | None, draft: str, **said: str
) -> None:
    """Put model files in force; what stands is judged by them at once.

    A file that was edited from an older revision is refused. A `base:` in a file is moved on.
    """
    if bool(draft) == bool(files):
        raise click.UsageError("name files, or one draft with --draft")
    if files and not said["reason"]:
        raise click.UsageError("say why: --reason")
    if draft:
        done = do(wish, "publish-draft", draft=draft, **said)
        as_json(done) if form else say(done.text)
        return
    given = documents(files, base)
    published = do_with(wish, "publish", given, **said)
    if form:
        as_json(published)
    else:
        for one in published.together:
            click.echo(f"{one.model} revision {one.revision} is in force ({one.sha256[:12]})")
    for said_so in moved_on(given, [one.revision for one in published.together]):
        click.echo(said_so, err=True)


@model.command()
@click.argument("name", default="")
@click.option("--revision", type=click.IntRange(1), help="Not the one in force, but this one.")
@options.as_json
@click.pass_obj
def show(wish: Wish, name: str, revision: int | None, form: str | None) -> None:
    """Print one published model as it was written; without a name, list what is in force."""
    if name:
        shown = do(wish, "show-model", model=name, revision=revision or "")
        as_json(shown) if form else click.echo(shown.text, nl=False)
        return
    heads = page(wish, "model").heads
    if form:
        as_json(heads)
        return
    rows = [(head.model, str(head.revision), instant(head.at), head.author, head.reason) for head in heads]
    table(wish, ("model", "revision", "published", "by", "reason"), rows, NOTHING)


COMMANDS = (model,)
