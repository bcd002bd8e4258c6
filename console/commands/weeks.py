"""Commands of a week's life: preview, close, freeze, list, export, send; and trends and how a number was made."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from checks.text import clean
from console.commands import options
from console.commands.derived import command_of
from console.commands.told import PROBLEMS, Wish, as_json, page, table
from console.pages.plain import instant, plain
from console.pages.weeks import READERS, Closing, Explanation, Printed, Trends, WeeksPage

FORMS = ("text", "md", "html", "pdf", "json", "csv")
_SUFFIX = {"text": "txt"}
_week = click.option("--week", "iso", default="", help="Such as 2026-W48; the last one that is over by default.")


@click.group(invoke_without_command=True)
@options.which_client
@click.option("--week", "iso", default="", help="Such as 2026-W48; this week by default.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def week(context: click.Context, client: str, iso: str, form: str) -> None:
    """What was promised and what was kept in one week: so far, or as it was frozen; unknown is shown as unknown."""
    if context.invoked_subcommand is None:
        _show(context.obj, client, iso, form)


@week.command()
@click.argument("iso", metavar="WEEK", default="")
@options.which_client
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def show(wish: Wish, iso: str, client: str, form: str) -> None:
    """One week by its name: as it was frozen, or as the record has it now."""
    _show(wish, client, iso, form)


@week.command("list")
@options.only_client
@options.as_json
@click.pass_obj
def list_(wish: Wish, client: str, form: str | None) -> None:
    """Which weeks are frozen, by whom, and which wait to be closed."""
    shown: WeeksPage = page(wish, "weeks", client=client)
    if form:
        as_json(shown.rows)
        return
    rows = [
        (one.client, one.week, one.state, instant(one.frozen_at) or "–", one.frozen_by or "–", one.sha256[:16] or "–",
         one.headline)
        for one in shown.rows
    ]  # fmt: skip
    table(wish, ("client", "week", "state", "frozen", "by", "sha256", ""), rows, "no model is published yet")


@week.command()
@options.which_client
@_week
@options.as_json
@click.pass_obj
def close(wish: Wish, client: str, iso: str, form: str | None) -> None:
    """What a week waits for before it can be frozen, and how to answer. Exit code 1 while something is missing."""
    shown: Closing = page(wish, "week-close", client=client, week=iso)
    if form:
        as_json(shown)
    else:
        for place, one in enumerate(shown.rows, 1):
            click.echo(f"{place:>3} {clean(one.text, 200)}\n      {clean(one.answer, 200)}")
        for note in shown.notes:
            click.echo(f"  ▲ {clean(note, 200)}")
        click.echo(clean(shown.text, 200))
    if shown.rows:
        raise SystemExit(PROBLEMS)


@week.command()
@options.which_client
@click.option("--week", default="", help="Such as 2026-W48; this week by default.")
@click.option("--format", type=click.Choice(FORMS), default="html", show_default=True)
@click.option("--reader", type=click.Choice(READERS), default=READERS[0], show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="A folder, or the file to write.")
@click.pass_obj
def export(wish: Wish, /, output: Path, **asked: str) -> None:
    """Write a week as a file; of a frozen one always the same bytes."""
    printed: Printed = page(wish, "week-print", **asked)
    file = output / _name(printed) if output.is_dir() else output
    write(file, printed.body)
    state = "frozen" if printed.is_frozen else "not frozen: it may change"
    click.echo(f"{file}: {printed.week} of {printed.client} for {printed.reader}, {state}, sha256 {printed.sha256}")


@week.command()
@options.only_client
@_week
@click.option("--format", "form", type=click.Choice(FORMS), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write; without it, standard output.")
@click.pass_obj
def owner(wish: Wish, client: str, iso: str, form: str, output: Path | None) -> None:
    """One page over every client that you may see, for whoever owns the house: who misses what, and why."""
    printed: Printed = page(wish, "week-owner", client=client, week=iso, format=form)
    if output is None:
        sys.stdout.buffer.write(printed.body)
        return
    write(output, printed.body)
    state = "frozen" if printed.is_frozen else "not all frozen: it may change"
    click.echo(f"{output}: {printed.week} for the owner, {state}, sha256 {printed.sha256}")


@click.command()
@options.which_client
@click.option("--kpi", default="", help="Only this one, such as K1.")
@click.option("--about", default="", help="Only what is about this service, job or severity.")
@click.option("--weeks", type=click.IntRange(1, 520), default=52, show_default=True, help="How many frozen weeks.")
@options.as_json
@click.pass_obj
def trend(wish: Wish, /, form: str | None, **asked: str | int) -> None:
    """Numbers over the frozen weeks: a sparkline of eight, and whether the last one is better or worse."""
    shown: Trends = page(wish, "trends", **asked)
    if form:
        as_json(shown)
        return
    rows = [
        (one.kpi, one.about or "–", one.name, one.span, one.spark, one.arrow or "–", one.latest, str(len(one.points)))
        for one in shown.rows
    ]
    head = ("kpi", "about", "number", "over", "8 weeks", "trend", "latest", "weeks")
    none = "no figure of the frozen weeks is that" if shown.weeks else "no week is frozen yet: watchbill week close"
    table(wish, head, rows, none)


@click.command()
@click.argument("kpi")
@options.which_client
@click.option("--week", default="", help="Such as 2026-W48; this week by default.")
@click.option("--about", default="", help="Only what is about this service, job or severity.")
@options.as_json
@click.pass_obj
def explain(wish: Wish, /, form: str | None, **asked: str) -> None:
    """How a number of a week was made: formula, inputs, evidence, revision, and the command that reproduces it."""
    shown: Explanation = page(wish, "week-explain", **asked)
    if form:
        as_json(shown)
        return
    for line in explained_lines(shown):
        click.echo(clean(line, 400))


def explained_lines(shown: Explanation) -> list[str]:
    """An explanation as lines of text."""
    lines: list[str] = []
    for one in shown.rows:
        figure = one.figure
        about = f", {figure.about}" if figure.about else ""
        lines += [f"{one.title}: {figure.name}{about}, {_over(figure.span)}: {figure.shows}"]
        lines += [f"  formula   {one.formula}", f"  at edges  {one.edges}"]
        for made_from in figure.inputs:
            source = f"  ({made_from.source})" if made_from.source else ""
            lines += [f"  {made_from.name} = {made_from.value}{source}", *(f"      {e}" for e in made_from.evidence)]
        lines += [f"  evidence  {one.nothing}"] if one.nothing else []
        if figure.value is not None:
            lines += [f"  exactly   {figure.value[0]}/{figure.value[1]}"]
        lines += [f"  verdict   {one.verdict_from}"] if one.verdict_from else []
        lines += [f"  note      {figure.note}"] if figure.note else []
        lines += [f"  again     {one.command}", ""]
    state = "frozen" if shown.is_frozen else "not frozen yet"
    return [*lines, f"{shown.week} of {shown.client} ({state}), {shown.revision}, formulas {shown.formula_version}"]


def write(file: Path, body: bytes) -> None:
    """The file is whole or is not there."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        try:
            with beside.open("xb") as target:
                target.write(body)
                target.flush()
                os.fsync(target.fileno())
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise click.UsageError(
            f"{file} cannot be written: {error.strerror}; what was there before is untouched"
        ) from error


def _show(wish: Wish, client: str, iso: str, form: str) -> None:
    shown = page(wish, "week", client=client, week=iso)
    if form == "json":
        as_json({key: value for key, value in plain(shown).items() if key != "text"})
    else:
        click.echo(shown.text, nl=False)


def _name(one: Printed) -> str:
    return f"{clean(one.client)}-{one.week}-{one.reader}.{_SUFFIX.get(one.form, one.form)}"


def _over(span: str) -> str:
    return {"week": "in the week", "28d": "in 28 days", "end": "at the end of the week"}.get(span, span)


for _verb in ("week-freeze", "week-send", "comment", "confirm-outage", "reject-outage", "explain-silence"):
    _first = ("outage",) if "outage" in _verb else ()
    week.add_command(command_of(_verb, _verb.removeprefix("week-"), *_first))
COMMANDS = (week, trend, explain)
