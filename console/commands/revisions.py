"""Commands about the revisions of a model: pull, diff, history, export, verify."""

from __future__ import annotations

from pathlib import Path

import click

from checks.text import clean
from console.commands import options
from console.commands.files import documents, put
from console.commands.models import model
from console.commands.told import PROBLEMS, Wish, as_json, do, page, table
from console.pages.model import Diff
from console.pages.plain import instant

_revision = click.option("--revision", type=click.IntRange(1), help="Not the one in force, but this one.")
_output = click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write to this file (or folder) instead."
)
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@model.command()
@click.argument("name")
@_output
@click.pass_obj
def pull(wish: Wish, name: str, output: Path | None) -> None:
    """Print the model in force, ready to be edited: `base:` says which revision it is.

    With -o, a model that was published from several files becomes these files again, in that folder.
    """
    pulled = do(wish, "pull-model", model=name)
    if output is None:
        click.echo(pulled.text, nl=False)
    else:
        put([(one.name, one.text) for one in pulled.parts], output)


@model.command()
@click.argument("name")
@_revision
@click.option("--json", "form", flag_value="json", help="As JSON, which it is in any case.")
@_output
@click.pass_obj
def export(wish: Wish, name: str, revision: int | None, form: str | None, output: Path | None) -> None:  # noqa: ARG001
    """Print one model as JSON with everything that it inherits: durations in seconds, shares as fractions."""
    told = do(wish, "export-model", model=name, revision=revision or "")
    if output is None:
        click.echo(told.text)
    else:
        put([(f"{told.model}.json", f"{told.text}\n")], output)


@model.command()
@click.argument("name")
@options.as_json
@click.pass_obj
def history(wish: Wish, name: str, form: str | None) -> None:
    """Every revision of a model: who made it, when, why, how long it took, who signed, what it did."""
    shown = page(wish, "revisions", model=name)
    if form:
        as_json(shown.rows)
        return
    rows = [
        (
            str(row.revision),
            instant(row.at),
            row.author,
            f"{row.days} d",
            ", ".join(f"{one.person} {one.vote}" for one in row.signatures) or "–",
            row.effect,
            row.sha256[:12],
            row.reason,
        )
        for row in shown.rows
    ]
    table(wish, ("revision", "published", "by", "took", "said", "effect", "sha256", "reason"), rows)


@model.command()
@click.argument("targets", nargs=-1, required=True)
@click.option("--from", "old", type=click.IntRange(1), help="The older revision of NAME.")
@click.option("--to", "new", type=click.IntRange(1), help="The newer one (by default the one in force).")
@options.as_json
@click.pass_obj
def diff(wish: Wish, targets: tuple[str, ...], old: int | None, new: int | None, form: str | None) -> None:
    """What FILES say differently from what is in force, or what revision --to of NAME does from --from.

    Exit code 0: the same. 1: they differ. More: something is wrong.
    """
    if old or new:
        if len(targets) != 1:
            raise click.UsageError("--from and --to compare revisions of one model")
        told = do(wish, "diff-model", model=targets[0], old=old or max(1, (new or 2) - 1), new=new or "")
    else:
        told = do(wish, "diff-model", documents=documents([_path(one) for one in targets]))
    as_json(told) if form else _tell(wish, told)
    if not told.lines:
        click.echo("they say the same", err=True)
    raise SystemExit(PROBLEMS if told.lines else 0)


@model.command()
@options.as_json
@click.pass_obj
def verify(wish: Wish, form: str | None) -> None:
    """Whether every revision is still what was published. Exit code 1, and its name, if one is not."""
    told = page(wish, "verify")
    if form:
        as_json(told)
    else:
        for problem in told.problems:
            click.echo(problem)
        found = f"{len(told.problems)} of them wrong" if told.problems else "every one is what was published"
        click.echo(f"{told.revisions} revisions: {found}", err=bool(told.problems))
    raise SystemExit(PROBLEMS if told.problems else 0)


def _path(text: str) -> Path:
    path = Path(text)
    try:
        is_there = path.exists()
    except OSError:
        is_there = False  # no file can be called that
    if not is_there:
        raise click.UsageError(f"there is no file {clean(text)}; to compare revisions of a model, say --from and --to")
    return path


def _tell(wish: Wish, told: Diff) -> None:
    for line in (clean(one, 2000) for one in told.lines):
        colour = _COLOURS.get(line[:1]) if wish.colour and not line.startswith(("+++", "---")) else None
        click.echo(click.style(line, fg=colour) if colour else line)
    if told.changes:
        click.echo("")
    for change in told.changes:
        click.echo(clean(change, 500))


COMMANDS = ()
