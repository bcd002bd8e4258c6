"""Commands about people: who holds what, one person's page, and hand-outs."""

from __future__ import annotations

import click

from console.commands import options
from console.commands.told import NOTHING, Wish, as_json, page, table
from console.pages.people import Handout, People, Who
from console.pages.plain import plain


@click.command()
@click.argument("name", default="")
@options.only_client
@click.option("--date", default="", help="Without a name: what nobody holds on this date, such as 2027-01-31.")
@options.as_json
@click.pass_obj
def who(wish: Wish, name: str, client: str, date: str, form: str | None) -> None:
    """One person's page: what they own, answer for, do, decide, and when. Without a name: everybody."""
    if not name:
        _everybody(wish, page(wish, "people", client=client, date=date), form)
        return
    if date:
        raise click.UsageError("--date is for everybody; leave the name out")
    shown: Who = page(wish, "who", client=client, person=name)
    if form:
        as_json({key: value for key, value in plain(shown).items() if key != "text"})
    else:
        click.echo(shown.text, nl=False)


def _everybody(wish: Wish, shown: People, form: str | None) -> None:
    if form:
        as_json(shown)
        return
    rows = [
        (row.person, row.name, row.org, str(row.owns), str(row.answers), str(row.does), str(row.deputises),
         "now" if row.on_call else "–", str(row.incidents), row.next_date or "–", ", ".join(row.alone) or "–")
        for row in shown.rows
    ]  # fmt: skip
    head = ("who", "name", "house", "owns", "answers", "does", "deputy", "on call", "open", "next date", "alone on")
    table(wish, head, rows, NOTHING)
    if shown.orphans:
        click.echo("\nheld by nobody who is here:")
        lost = [(row.client, row.thing, row.id, row.part, row.text) for row in shown.orphans]
        table(wish, ("client", "what", "id", "as", "why"), lost)


@click.command()
@options.only_client
@click.option("--person", default="", help="For this person.")
@click.option("--team", default="", help="For this team.")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "html"]), default="text", show_default=True)
@click.pass_obj
def handout(wish: Wish, client: str, person: str, team: str, form: str) -> None:
    """A page to put on the wall, for a client, a team or a person: who does what, whom to call, what to tell whom."""
    shown: Handout = page(wish, "handout", client=client, person=person, team=team, form=form)
    click.echo(shown.text, nl=False)


COMMANDS = (who, handout)
