"""Commands that answer: whom does it concern, why does it go first, and what happened to it?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import click

from checks.text import clean
from console.commands import options
from console.commands.told import Wish, as_json, page, table
from console.pages.concerning import Concern, Supply
from console.pages.incidents import IncidentPage
from console.pages.why import Why


@click.command()
@click.argument("host")
@click.argument("check", default="")
@click.option("--subject", default="", help="What of it, such as a mount point.")
@click.option("--client", default="", help="Whose host; needed where there are several clients.")
@options.as_json
@click.pass_obj
def concerns(wish: Wish, /, host: str, check: str, form: str | None, **where: str) -> None:
    """Whom a finding concerns: services hit, people, suppliers, channel, runbook, outcome.

    HOST may be something without an agent, such as a line. Without CHECK: what was reported of it; else what if it
    is down?
    """
    shown: Concern = page(wish, "concern", host=host, check=check, **where)
    if form:
        as_json(shown)
        return
    outcomes = dict.fromkeys(row.outcome_text for row in shown.rows if row.outcome_text)
    done = [f"{shown.process}, {shown.runbook}: {', '.join(shown.steps)}"] if shown.runbook else []
    _say(
        f"{shown.severity}  {shown.sentence}",
        [shown.card.sentence, *done, *map("for the business: {}".format, outcomes)],
    )
    rows = [
        (row.name, row.severity, row.owner_name, row.accountable or "–", row.deputy or "–", _suppliers(row.supplies),
         _local(row.solve_due_at), row.sentence)
        for row in shown.rows
    ]  # fmt: skip
    table(wish, ("service", "sev", "owner", "answers", "deputy", "supplier", "solve by", "hit"), rows)


@click.command()
@click.argument("incident", type=int)
@options.as_json
@click.pass_obj
def why(wish: Wish, incident: int, form: str | None) -> None:
    """Why an incident stands where it stands in triage, and what would move it."""
    shown: Why = page(wish, "why", incident=str(incident))
    if form:
        as_json(shown)
        return
    _say(f"#{shown.incident} is {shown.rank} of {shown.of}: {shown.sentence}", shown.moves)
    rows = [(one.title, one.value, _numbers(one.ahead_of), _numbers(one.behind), one.source) for one in shown.criteria]
    table(wish, ("looks at", "here", "puts it before", "behind", "says"), rows)


@click.command()
@click.argument("incident", type=int)
@options.as_json
@click.pass_obj
def incident(wish: Wish, /, incident: int, form: str | None) -> None:
    """One incident: how it stands, what can be done, and everything that happened to it."""
    shown: IncidentPage = page(wish, "incident", incident=str(incident))
    if form:
        as_json(shown)
        return
    one = shown.row
    about = [
        f"{one.client} › {one.service_name or 'no service'} · {one.severity} · {one.owner or 'nobody owns it'}",
        shown.sentence,
        *shown.forecasts,
        f"what can be done: {', '.join(shown.allowed) or 'nothing'}",
    ]
    _say(f"#{one.incident} {one.state}: {one.title}", filter(None, about))
    table(wish, ("when", "by", "what", "said"), [(_local(it.at), it.by, it.kind, it.text) for it in shown.timeline])


def _say(first: str, more: Iterable[str]) -> None:
    """A line and those that belong to it, made safe to show."""
    click.echo(clean(first, 2000))
    for line in more:
        click.echo(f"    {clean(line, 2000)}")


def _suppliers(supplies: tuple[Supply, ...]) -> str:
    return ", ".join(one.name for one in supplies) or "–"


def _local(instant: int | None) -> str:
    return "–" if instant is None else datetime.fromtimestamp(instant).astimezone().strftime("%a %d %b %H:%M")


def _numbers(incidents: tuple[int, ...]) -> str:
    return ", ".join(f"#{number}" for number in incidents) or "–"


COMMANDS = (concerns, why, incident)
