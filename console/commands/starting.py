"""`watchbill model init`: a first model out of at most twelve answers."""

from __future__ import annotations

from pathlib import Path

import click

from checks.text import clean
from console.commands import options
from console.commands.models import model
from console.commands.told import PROBLEMS, Wish, as_json, do, page, table
from console.pages.starting import PRESETS, QUESTIONS, Question


@model.command("presets")
@options.as_json
@click.pass_obj
def presets_(wish: Wish, form: str | None) -> None:
    """The presets that a first model can begin with, and their versions."""
    rows = page(wish, "presets").rows
    if form:
        as_json(rows)
        return
    table(
        wish,
        ("preset", "version", "for", "contains"),
        [(row.name, str(row.version), row.title, row.contents) for row in rows],
    )


@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), default=".", help="The folder.")
@click.option("--small", is_flag=True, help="One SLA, four policies, four processes: what every preset is so far.")
@click.option("--yes", is_flag=True, help="Ask nothing: take the default where nothing was said.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
@click.pass_obj
def init(wish: Wish, /, output: Path, small: bool, yes: bool, force: bool, **said: str | None) -> None:  # noqa: ARG001
    """Write a first model: `provider.yaml`, where there is none yet, and the client's file.

    Each question can be answered by its option; Enter takes the default. Nothing is published.
    """
    is_first = all(head.model != "provider" for head in page(wish, "model").heads)
    asked = [one for one in QUESTIONS if is_first or not one.is_ours]
    answers = {one.name: said[one.name] if said[one.name] is not None or yes else _ask(one) for one in asked}
    made = do(wish, "init-model", **{name: one for name, one in answers.items() if one})
    for problem in made.problems:
        click.echo(clean(f"{problem.file}:{problem.line}:{problem.column}: {problem.text}", 500), err=True)
    if made.problems:
        raise SystemExit(PROBLEMS)
    paths = [output / one.name for one in made.files]
    there = [str(path) for path in paths if path.exists()]
    if there and not force:
        raise click.UsageError(f"{', '.join(there)} is there already; choose another folder with -o, or --force")
    try:
        output.mkdir(parents=True, exist_ok=True)
        for path, one in zip(paths, made.files, strict=True):
            path.write_bytes(one.text.encode())
    except OSError as error:
        raise click.UsageError(f"{output} cannot be written: {error.strerror}") from error
    _tell(paths, made.gaps)


def _ask(question: Question) -> str:
    kind = click.Choice(PRESETS) if question.name == "preset" else click.STRING
    shown = question.default or {"me": "your account's name", "zone": "this machine's"}.get(question.name, "")
    asks = f"{question.asks} [{shown}]" if shown else question.asks
    answer = click.prompt(asks, default=question.default, type=kind, show_default=False)
    return str(answer)


def _tell(paths: list[Path], gaps: tuple[str, ...]) -> None:
    click.echo(f"written: {', '.join(map(str, paths))}")
    click.echo(f"it can be published as it is, and lacks {len(gaps)} things that `watchbill model gaps` will tell:")
    for gap in gaps:
        click.echo(clean(f"  {gap}", 200))
    click.echo(f'read it, then: watchbill model publish {" ".join(map(str, paths))} --reason "a first model"')


for _one in reversed(QUESTIONS):
    _kind = click.Choice(PRESETS) if _one.name == "preset" else click.STRING
    init = click.option(f"--{_one.name}", type=_kind, help=_one.asks)(init)
model.command("init")(init)

COMMANDS = ()
