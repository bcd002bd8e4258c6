"""Commands for the two ends of a shift: what came since you left, and what goes to whoever comes after you."""

from __future__ import annotations

import click

from console.commands import options
from console.commands.told import Wish, as_json, local, page, table
from console.pages.shifts import HandOver, News


@click.command()
@options.only_client
@options.as_json
@click.pass_obj
def news(wish: Wish, client: str, form: str | None) -> None:
    """What came, cleared and fell silent since you left the console."""
    shown: News = page(wish, "news", client=client)
    if form:
        as_json(shown)
        return
    rows = [
        (local(row.at, shown.now), row.kind, f"#{row.incident}" if row.incident else "–", row.what, row.by or "nobody",
         row.client)
        for row in shown.rows
    ]  # fmt: skip
    since = local(shown.since, shown.now)
    table(wish, ("when", "", "no", "what", "owner", "client"), rows, f"nothing happened since {since}")


@click.command()
@options.only_client
@options.as_json
@click.pass_obj
def handover(wish: Wish, client: str, form: str | None) -> None:
    """What of yours cannot wait for your next shift, and what is offered to you."""
    shown: HandOver = page(wish, "handover", client=client)
    if form:
        as_json(shown)
        return
    rows = [
        (f"#{row.incident}", row.severity, row.why, row.title, "you" if row.is_offered_to_you else row.to or "nobody",
         row.client)
        for row in shown.rows
    ]  # fmt: skip
    head = ("no", "sev", "why", "what", "offered to", "client")
    table(wish, head, rows, "nothing has to be handed over, and nothing is offered to you")
    if any(not row.to for row in shown.rows):
        after = ", ".join(shown.next_up) or "nobody"
        click.echo(f"watchbill offer NUMBER PERSON TEXT offers one; after you: {after}", err=True)


COMMANDS = (news, handover)
