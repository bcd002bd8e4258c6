"""Commands that print a page: hosts, findings, services, incidents, status."""

from __future__ import annotations

from datetime import datetime

import click

from checks.finding import Status
from checks.text import clean
from checks.wording import duration
from console.commands import options
from console.commands.told import NOTHING, Wish, as_json, local, page, table
from console.pages.hosts import Findings, HostRow, Hosts, said
from console.pages.incidents import IncidentRow, Incidents, with_guests
from console.pages.services import Services
from console.pages.triage import Clock

NO_HOST = "no host is expected, and none checks in; invite one: watchbill agents invite --client C --site S"


@click.command()
@options.only_client
@click.option("--unplanned", is_flag=True, help="Only hosts that stand in no model, as lines to write into it.")
@options.as_json
@click.pass_obj
def hosts(wish: Wish, client: str, unplanned: bool, form: str | None) -> None:
    """Who checks in, and what was found there."""
    shown: Hosts = page(wish, "hosts", client=client)
    if unplanned:
        _entries([row for row in shown.rows if not row.planned], form)
        return
    if form:
        as_json(shown.rows)
        return
    rows = [(row.client, row.host, row.status, _seen(row, shown.now), row.os, _worst(row)) for row in shown.rows]
    table(wish, ("client", "host", "status", "last seen", "system", "worst"), rows, NO_HOST)


@click.command()
@options.only_client
@click.option("--host", default="", help="Only this host.")
@click.option("--status", type=click.Choice([status.value for status in Status]), help="Only this status.")
@options.as_json
@click.pass_obj
def findings(wish: Wish, client: str, host: str, status: str | None, form: str | None) -> None:
    """Every check of every host, the worst first."""
    shown: Findings = page(wish, "findings", client=client, host=host, status=status)
    if form:
        as_json(shown.rows)
        return
    rows = [
        (row.status, row.host, f"{row.title} {row.subject}".strip(), row.service_name or "–", row.answers or "–",
         duration(max(0, shown.now - row.since)), said(row))
        for row in shown.rows
    ]  # fmt: skip
    table(
        wish,
        ("status", "host", "what", "service", "answers", "since", "finding"),
        rows,
        "nothing was found: no agent has looked at it yet",
    )


@click.command()
@options.only_client
@options.as_json
@click.pass_obj
def services(wish: Wish, client: str, form: str | None) -> None:
    """What the client uses, how it stands, who answers, what was promised."""
    shown: Services = page(wish, "services", client=client)
    if form:
        as_json(shown.rows)
        return
    rows = [
        (row.client, row.name, row.status, row.state, row.criticality, row.owner_name, row.sla or "–", row.why)
        for row in shown.rows
    ]
    table(wish, ("client", "service", "status", "state", "crit", "owner", "promise", "why"), rows, NOTHING)


@click.command()
@options.only_client
@click.option("--all", "everything", is_flag=True, help="Also the resolved ones of the last 30 days.")
@options.as_json
@click.pass_obj
def incidents(wish: Wish, client: str, everything: bool, form: str | None) -> None:
    """What is open, whose it is, how long is left."""
    shown: Incidents = page(wish, "incidents", client=client, state="all" if everything else "")
    if form:
        as_json(shown.rows)
        return
    rows = [
        (f"#{row.incident}", row.status, row.severity, row.state, row.owner or "–", _left(row.own, row.own_verdict),
         _left(row.solve, row.solve_verdict), row.service_name or "–", _what(row))
        for row in shown.rows
    ]  # fmt: skip
    table(
        wish,
        ("", "status", "sev", "state", "owner", "own", "solve", "service", "what"),
        rows,
        "no incident is open" if not everything else "none in 30 days",
    )


@click.command()
@options.as_json
@click.pass_obj
def status(wish: Wish, form: str | None) -> None:
    """The daemon of this home: version, doors, and who you are to it."""
    shown = page(wish, "house")
    if form:
        as_json(shown)
        return
    lines = {
        "daemon": f"{shown.version}, working in {shown.home}",
        "door": f"{shown.door}  {shown.host_key}",
        "you": f"{shown.you} ({shown.name}), {shown.role or 'no role'}",
        "trouble": shown.trouble or "none",
        "clock": datetime.fromtimestamp(shown.now).astimezone().isoformat(timespec="seconds"),
    }
    for key, value in lines.items():
        click.echo(f"{key:>8}  {value}")


def _worst(row: HostRow) -> str:
    return row.worst or ("" if row.planned else "unplanned: it stands in no model")


def _entries(rows: list[HostRow], form: str | None) -> None:
    if form:
        as_json(rows)
        return
    for client in dict.fromkeys(row.client for row in rows):
        click.echo(f"# {clean(client)}: write under hosts:")
        for row in (one for one in rows if one.client == client):
            click.echo(clean(row.entry))
    if not rows:
        click.echo("every host that checks in stands in a model", err=True)


def _seen(row: HostRow, now: int) -> str:
    return "no agent" if not row.agent else local(row.last_seen, now) + (" (catching up)" if row.catching_up else "")


def _what(row: IncidentRow) -> str:
    return f"└ {row.title}" if row.parent else with_guests(row.title, row.host, row.children)


def _left(clock: Clock | None, verdict: str) -> str:
    if clock is None:
        return "–"
    if verdict == "met":
        return "met"
    return f"late {duration(-clock.left)}" if clock.left < 0 else f"{duration(clock.left)} left"


COMMANDS = (hosts, findings, services, incidents, status)
