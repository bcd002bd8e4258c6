"""Commands that print the six components of the model, and one service."""

from __future__ import annotations

import click

from console.commands import options
from console.commands.models import model
from console.commands.told import Wish, as_json, page, table
from console.pages.components import TABS, Components, ServicePage
from console.pages.plain import plain

_HEADS = {
    "services": (
        "state",
        "owner",
        "answers",
        "deputy",
        "criticality",
        "hours",
        "slo",
        "rpo",
        "rto",
        "incidents",
        "says",
    ),
    "measurement": ("who", "says", "now"),
}


@model.command()
@click.argument("tab", type=click.Choice(TABS), default="services")
@options.only_client
@options.as_json
@click.pass_obj
def components(wish: Wish, tab: str, client: str, form: str | None) -> None:
    """One of the six components as a table: what is written, and what is live beside it."""
    shown: Components = page(wish, "components", client=client, tab=tab)
    if form:
        as_json(shown)
        return
    cells = _HEADS.get(tab, ("who", "now", "says"))
    rows = [(row.client, row.kind, row.name, *(row.cells.get(one) or "–" for one in cells)) for row in shown.rows]
    head = ("client", "what", "name", *({"measurement": ("formula", "target", "now")}.get(tab, cells)))
    if rows:
        table(wish, head, rows)
    click.echo(shown.answer, err=True)


@click.command()
@click.argument("name")
@options.only_client
@options.as_json
@click.pass_obj
def service(wish: Wish, name: str, client: str, form: str | None) -> None:
    """One service: definition, hours, people, promise, parts, KPI, work, contracts."""
    shown: ServicePage = page(wish, "service", client=client, service=name)
    if form:
        as_json({key: value for key, value in plain(shown).items() if key != "text"})
    else:
        click.echo(shown.text, nl=False)


COMMANDS = (service,)
