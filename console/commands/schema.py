"""Commands about how a model is written: schema, explain, baseline."""

from __future__ import annotations

import click

from checks.text import clean
from console.commands import options
from console.commands.models import model
from console.commands.told import Wish, as_json, page, table
from console.pages.schema import Baseline, BaselineRow, Explained


@model.command()
@click.option("--provider", "file", flag_value="provider", help="Of provider.yaml instead.")
@click.pass_obj
def schema(wish: Wish, file: str | None) -> None:
    """Print the JSON Schema of a client's file: editors complete and check by it."""
    click.echo(page(wish, "schema", file=file or "client").text)


@model.command()
@click.argument("field", default="")
@options.as_json
@click.pass_obj
def explain(wish: Wish, field: str, form: str | None) -> None:
    """Explain one field, such as services.slo; without one, list what a file may say."""
    shown = page(wish, "explain", field=field)
    if form:
        as_json(shown)
        return
    if shown.path:
        _head(shown)
    if shown.below:
        words = [(one.path, _kind(one.kind, one.is_required), one.default or "–", one.meaning) for one in shown.below]
        table(wish, ("field", "takes", "default", "meaning"), words)


def _head(shown: Explained) -> None:
    file = "provider.yaml" if shown.file == "provider" else "a client's file"
    click.echo(f"{shown.path}  ({_kind(shown.kind, shown.is_required)}; in {file})\n  {shown.meaning}")
    if shown.default:
        click.echo(f"  default: {shown.default}")
    click.echo(f"\nexample:\n{_indented(shown.example)}" + ("\n" if shown.below else ""))


def _kind(kind: str, is_required: bool) -> str:
    return f"{kind}, required" if is_required else kind


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


NO_BASELINE = "no baseline is published; it stands in provider.yaml: watchbill model explain baseline"


@model.command()
@click.option("--client", default="", help="Only what this client made of it.")
@options.as_json
@click.pass_obj
def baseline(wish: Wish, client: str, form: str | None) -> None:
    """The provider's library: each part's version, who inherits it, and what others say instead."""
    shown = page(wish, "baseline", client=client)
    if form:
        as_json(shown)
        return
    table(wish, ("part", "version", "inherited by", "overridden by"), [_line(row) for row in shown.rows], NO_BASELINE)
    for line in _overrides(shown):
        click.echo(clean(line, 200))


def _line(row: BaselineRow) -> tuple[str, str, str, str]:
    inherits = ", ".join(use.client for use in row.uses if not use.is_override)
    overrides = ", ".join(use.client for use in row.uses if use.is_override)
    return f"{row.section}.{row.name}", row.version, inherits or "–", overrides or "–"


def _overrides(shown: Baseline) -> list[str]:
    """What is said otherwise, key by key."""
    lines: list[str] = []
    for row in shown.rows:
        for use in (use for use in row.uses if use.is_override):
            said = [f"  {one.key}: {one.baseline or '–'} → {one.own or '–'}" for one in use.differing]
            lines += [f"{use.client} overrides {row.section}.{row.name}:", *(said or ["  nothing differs"])]
    return lines


COMMANDS: tuple[click.Command, ...] = ()
"""All of them stand in the group `model`."""
