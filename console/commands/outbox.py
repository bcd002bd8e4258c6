"""Commands about what leaves the house: the outbox, and the accounts that letters leave by."""

from __future__ import annotations

import click

from console.commands import options
from console.commands.derived import command_of
from console.commands.told import PROBLEMS, Wish, as_json, local, page, say, table
from console.pages.outbox import Outbox, Outlets


@click.group(invoke_without_command=True)
@options.only_client
@options.as_json
@click.pass_context
def outbox(context: click.Context, client: str, form: str | None) -> None:
    """Letters that wait, were sent, or were given up, the newest first."""
    if context.invoked_subcommand is not None:
        return
    shown: Outbox = page(context.obj, "outbox", client=client)
    if form:
        as_json(shown.rows)
        return
    rows = [
        (f"#{row.letter}", row.state, local(row.written_at, shown.now), row.to, row.way, str(row.tries), row.subject,
         row.why)
        for row in shown.rows
    ]  # fmt: skip
    head = ("", "state", "written", "to", "by", "tries", "subject", "what came of it")
    table(context.obj, head, rows, "no letter was written yet; S1 and S2, marks and digests will stand here")
    if shown.trouble:
        click.echo(f"watchbill: {shown.trouble}", err=True)


@click.group()
def outlets() -> None:
    """The accounts that letters leave by: mail, chat, programs."""


@outlets.command()
@options.as_json
@click.pass_obj
def check(wish: Wish, form: str | None) -> None:
    """Try every account as far as that tells nobody anything; exit 1 where one is in trouble."""
    shown: Outlets = page(wish, "outlets")
    if form:
        as_json(shown)
    else:
        rows = [(row.outlet, row.trouble or "ready") for row in shown.rows]
        table(wish, ("outlet", "how it stands"), rows, f"no account in {shown.file}")
    if shown.trouble:
        say(f"{shown.file}: {shown.trouble.removeprefix(f'{shown.file}: ')}")
    if shown.trouble or any(row.trouble for row in shown.rows):
        raise SystemExit(PROBLEMS)


outbox.add_command(command_of("outbox-retry", "retry", "letter"))
outbox.add_command(command_of("outbox-drop", "drop", "letter"))
outlets.add_command(command_of("outlets-test", "test"))
COMMANDS = (outbox, outlets)
