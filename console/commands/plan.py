"""Commands that print the plan: one of its parts, the days that end, and the sheet for a visit."""

from __future__ import annotations

import shutil
import sys

import click

from checks.finding import Status
from console.commands import options
from console.commands.told import Wish, as_json, page, table
from console.pages.plan import TABS, Plan
from console.tui.present.plan import plan as view_of
from console.tui.present.plan import sheet
from console.tui.view import View


@click.command()
@click.argument("tab", type=click.Choice(TABS), default=TABS[0], metavar="[TAB]")
@options.only_client
@options.as_json
@click.pass_obj
def plan(wish: Wish, tab: str, client: str, form: str | None) -> None:
    """One part of the plan.

    TAB is summary, outcomes, milestones, actions, decisions, waivers, maintenance, dates, spend, risks, capabilities,
    stakeholders or log.
    """
    shown: Plan = page(wish, "plan", client=client, tab=tab)
    if form:
        as_json(getattr(shown, tab))
        return
    print_view(wish, view_of(shown, shown.now))
    for note in shown.notes:
        click.echo(note)


@click.command()
@click.option("--all", "everything", is_flag=True, help="Also the days that are far away.")
@options.only_client
@options.as_json
@click.pass_obj
def dates(wish: Wish, everything: bool, client: str, form: str | None) -> None:
    """Days that have passed or are near: contracts, waivers, decisions, reviews, support, restore tests, steps."""
    shown: Plan = page(wish, "plan", client=client, tab="dates")
    rows = tuple(row for row in shown.dates if everything or row.status is not Status.NOT_DUE)
    if form:
        as_json(rows)
        return
    print_view(wish, view_of(Plan(shown.now, "dates", dates=rows), shown.now))


@click.command()
@click.argument("site", metavar="ID")
@options.only_client
@options.as_json
@click.pass_obj
def site(wish: Wish, site: str, client: str, form: str | None) -> None:
    """The sheet for a visit to a site (ID or CLIENT/ID): the way in, contacts, suppliers, what is due, hosts."""
    shown = page(wish, "site", client=client, site=site)
    if form:
        as_json(shown)
        return
    for line in sheet(shown):
        click.echo(line)


def print_view(wish: Wish, view: View) -> None:
    """A view as a table; on a terminal, columns fall away as they do on a narrow screen."""
    if not view.rows:
        click.echo(f"{view.answer}; {view.empty[0][0].lower()}{view.empty[0][1:]}", err=True)
        return
    kept = list(range(len(view.columns)))
    widths = [
        max(len(one.title), *(len(row.cells[at].text) for row in view.rows)) + 2 for at, one in enumerate(view.columns)
    ]
    room = shutil.get_terminal_size((120, 24)).columns if sys.stdout.isatty() else 10_000
    while sum(widths[at] for at in kept) > room and any(view.columns[at].priority for at in kept):
        kept.remove(max(kept, key=lambda at: view.columns[at].priority))
    rows = [[row.cells[at].text for at in kept] for row in view.rows]
    table(wish, [view.columns[at].title for at in kept], rows)


COMMANDS = (plan, dates, site)
