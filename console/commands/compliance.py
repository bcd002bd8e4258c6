"""The command that prints compliance: updates, backups or waivers beside their policy."""

from __future__ import annotations

import click

from console.commands import options
from console.commands.plan import print_view
from console.commands.told import Wish, as_json, page
from console.pages.compliance import TABS, Compliance
from console.tui.present.compliance import compliance as view_of


@click.command()
@click.argument("tab", type=click.Choice(TABS), default=TABS[0], metavar="[TAB]")
@options.only_client
@options.as_json
@click.pass_obj
def compliance(wish: Wish, tab: str, client: str, form: str | None) -> None:
    """Updates, backups or waivers beside their policy.

    TAB is updates, backups or waivers.
    """
    shown: Compliance = page(wish, "compliance", client=client, tab=tab)
    if form:
        as_json(shown)
        return
    view = view_of(shown, shown.now)
    print_view(wish, view)
    for line in view.above if view.rows else ():
        click.echo(line.text)


COMMANDS = (compliance,)
