"""Commands by which people decide and undertake: waiver, maintenance, decision, action, restore-test."""

from __future__ import annotations

import click

from console.commands import options
from console.commands.derived import command_of
from console.commands.told import Wish, as_json, page, table
from console.pages.maintaining import Maintenance


def _group(name: str, helped: str, *commands: click.Command) -> click.Group:
    return click.Group(name, commands={str(one.name): one for one in commands}, help=helped)


@click.command()
@click.argument("maintenance")
@options.only_client
@options.as_json
@click.pass_obj
def show(wish: Wish, maintenance: str, client: str, form: str | None) -> None:
    """One window: what it takes away, what it goes against, and how far each host is."""
    shown: Maintenance = page(wish, "maintenance", client=client, maintenance=maintenance)
    if form:
        as_json(shown)
        return
    rows = [
        (str(one.batch), one.host, one.stage, f"{_count(one.waiting_before)} → {_count(one.waiting)}", one.sentence,
         one.outcome or "–")
        for one in shown.hosts
    ]  # fmt: skip
    click.echo(f"{shown.row.id} {shown.row.state}: {shown.row.excuse}; next: {shown.next_step}")
    for line in (*shown.against, *shown.waivers):
        click.echo(f"  {line}")
    table(wish, ("batch", "host", "stage", "waiting", "why", "at its close"), rows, "it names no host")
    hits = [(one.name, one.status, one.state, "yes" if one.is_excused else "no") for one in shown.services]
    table(wish, ("service", "status", "state", "excused"), hits, "it hits no service")


def _count(number: int | None) -> str:
    return "?" if number is None else str(number)


COMMANDS = (
    _group(
        "waiver",
        "Permission to deviate from a policy: asked by one, approved by another, ending by itself.",
        command_of("waiver-ask", "ask"),
        command_of("waiver-approve", "approve", "waiver"),
        command_of("waiver-refuse", "refuse", "waiver"),
        command_of("waiver-end", "end", "waiver"),
    ),
    _group(
        "maintenance",
        "Planned work: what it excuses is told at once.",
        show,
        command_of("maintenance-plan", "plan"),
        command_of("maintenance-approve", "approve", "maintenance"),
        command_of("maintenance-cancel", "cancel", "maintenance"),
        command_of("maintenance-close", "close", "maintenance"),
    ),
    _group("decision", "What was decided, by whom, and why.", command_of("decision-add", "add")),
    _group(
        "action",
        "What somebody will do, and by when.",
        command_of("action-add", "add"),
        command_of("action-done", "done", "action"),
        command_of("action-move", "move", "action"),
    ),
    _group(
        "absence",
        "Days on which a person does not work, or a machine is not expected.",
        command_of("absence-add", "add", "about"),
        command_of("absence-cancel", "cancel", "about", "first"),
    ),
    _group("restore-test", "Proof that a backup can be restored.", command_of("restore-test-add", "add")),
)
