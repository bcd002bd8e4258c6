"""Commands by which people decide and undertake: waiver, maintenance, decision, action, restore-test."""

from __future__ import annotations

import click

from console.commands.derived import command_of


def _group(name: str, helped: str, *commands: click.Command) -> click.Group:
    return click.Group(name, commands={str(one.name): one for one in commands}, help=helped)


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
    _group("restore-test", "Proof that a backup can be restored.", command_of("restore-test-add", "add")),
)
