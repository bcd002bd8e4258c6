"""Commands about changes to a model on their way: proposing, signing, what they would change, and edits in place."""

from __future__ import annotations

from pathlib import Path

import click

from checks.text import clean
from console.commands import options
from console.commands.derived import command_of
from console.commands.files import documents
from console.commands.models import model
from console.commands.told import Wish, as_json, do, page, say, table
from console.pages.drafts import DraftPage, Impact
from console.pages.model import Signature
from console.pages.plain import instant

_file = click.argument("file", type=click.Path(exists=True, path_type=Path))
NO_DRAFT = "nothing is proposed; watchbill model propose FILE, or set, keeps a change for others to look at"
_base = click.option("--base", type=click.IntRange(1), help="The revision that FILE was edited from.")


@model.command()
@_file
@_base
@click.option("--reason", required=True, help="Why; it stays with the draft.")
@options.as_json
@click.pass_obj
def propose(wish: Wish, file: Path, base: int | None, reason: str, form: str | None) -> None:
    """Keep FILE as a draft that others can look at and sign."""
    done = do(wish, "propose", documents=documents([file], base), reason=reason)
    as_json(done) if form else say(done.text)


@model.command()
@click.argument("name", default="")
@options.only_client
@options.as_json
@click.pass_obj
def drafts(wish: Wish, name: str, client: str, form: str | None) -> None:
    """Changes that somebody proposes; with the beginning of a hash, one of them and what it would change."""
    if name:
        shown = page(wish, "draft", draft=name)
        as_json(shown) if form else _tell_draft(shown)
        return
    rows = page(wish, "drafts", client=client).rows
    if form:
        as_json(rows)
        return
    told = [
        (row.sha256[:12], row.model, row.state, instant(row.at), row.author, _votes(row.signatures), row.reason)
        for row in rows
    ]
    table(wish, ("draft", "model", "state", "proposed", "by", "said", "reason"), told, NO_DRAFT)


@model.command()
@click.argument("file", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--draft", default="", help="Of this draft instead of FILE.")
@options.as_json
@click.pass_obj
def impact(wish: Wish, file: Path | None, draft: str, form: str | None) -> None:
    """What FILE, or a draft, would change if it were in force now: gaps, findings, whose a host is."""
    if bool(draft) == bool(file):
        raise click.UsageError("name a file, or one draft with --draft")
    told = page(wish, "draft", draft=draft).impact if file is None else do(wish, "impact", documents=documents([file]))
    if form:
        as_json(told)
        return
    for line in impact_lines(told):
        click.echo(clean(line, 500))


@model.command("set")
@click.argument("client")
@click.argument("changes", nargs=-1)
@click.option("--remove", multiple=True, help="Take out what stands at this path.")
@click.option("--reason", required=True, help="Why.")
@click.option("--publish", is_flag=True, help="Put it in force at once, instead of proposing it.")
@click.option("--by", default="", help="Who decides it, where that is not you.")
@options.as_json
@click.pass_obj
def set_(wish: Wish, /, client: str, changes: tuple[str, ...], remove: tuple[str, ...], **said: str | None) -> None:
    """Change values where they stand: PATH=VALUE sets, PATH+=VALUE adds to a list. Comments stay as they are.

    Items of lists are named by their id: milestones.ms-2.due=2026-12-01.
    """
    wanted = [_change(one) for one in changes] + [{"path": path, "does": "remove"} for path in remove]
    publish = "yes" if said.pop("publish") else ""
    form = said.pop("form")
    done = do(wish, "set-model", client=client, changes=wanted, publish=publish, **said)
    as_json(done) if form else say(done.text)


def impact_lines(told: Impact) -> list[str]:
    """An impact in words, a line each."""
    lines = [f"closes  {gap}" for gap in told.gaps_closed] + [f"opens   {gap}" for gap in told.gaps_opened]
    lines += [
        f"judges  {one.host} {one.check} {one.subject}".rstrip()
        + f": {one.before.value} → {one.after.value} ({one.sentence})"
        for one in told.judged
    ]
    lines += [f"promise {one.name}, from {one.since}: {one.before} → {one.after}" for one in told.promised]
    lines += [f"moves   {one.host}: {one.before} → {one.after}" for one in told.moved]
    return lines or ["nothing that stands now would change"]


def _tell_draft(shown: DraftPage) -> None:
    row = shown.row
    over = f"over revision {row.base}" if row.base else "a first one"
    click.echo(clean(f"draft {row.sha256[:12]} of {row.model}, {row.state}, {over}: {row.reason}", 500))
    click.echo(f"proposed {instant(row.at)} by {row.author}")
    for one in row.signatures:
        click.echo(clean(f"said    {one.person}: {one.vote}" + (f", “{one.note}”" if one.note else ""), 500))
    for person in shown.unsigned:
        click.echo(f"unsaid  {person} must sign, and has not agreed yet")
    for change in shown.diff.changes:
        click.echo(clean(f"says    {change}", 500))
    if row.state == "open":
        for line in impact_lines(shown.impact):
            click.echo(clean(line, 500))


def _votes(said: tuple[Signature, ...]) -> str:
    return ", ".join(f"{one.person} {one.vote}" for one in said) or "–"


def _change(text: str) -> dict[str, str]:
    """`a.b=1` and `a.b+=1` as the desk takes them."""
    path, sign, value = text.partition("=")
    if not sign or not path.strip("+"):
        raise click.UsageError(f"{text!r} is not PATH=VALUE")
    return {"path": path.removesuffix("+"), "value": value, "does": "append" if path.endswith("+") else "set"}


for _verb, _positional in (
    ("sign", "client"), ("withdraw", "draft"), ("add-outcome", "client"), ("add-milestone", "client"),
    ("add-stakeholder", "client"), ("add-need", "client"), ("improve-runbook", "incident"),
):  # fmt: skip
    model.add_command(command_of(_verb, _verb, _positional))
model.add_command(command_of("milestone-done", "milestone-done", "client", "milestone"))

COMMANDS = ()
