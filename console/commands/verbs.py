"""Commands that do something: own, note, resolve, outage, and the agents' comings and goings."""

from __future__ import annotations

import click

from console.commands import options
from console.commands.derived import command_of
from console.commands.told import Wish, as_json, do, local, page, say, table
from console.pages.hosts import AgentRow
from console.pages.plain import instant
from console.pages.verbs import VERBS

NO_AGENT = "no agent has joined yet; invite one: watchbill agents invite --client C --site S"
_yes = click.option("--yes", is_flag=True, help="Do not ask.")
_HELP = {verb.name: verb.help[0].upper() + verb.help[1:] + "." for verb in VERBS}


@click.group()
def agents() -> None:
    """The agents: who has joined, inviting, revoking."""


@agents.command("list")
@options.only_client
@options.as_json
@click.pass_obj
def list_(wish: Wish, client: str, form: str | None) -> None:
    """Every agent that ever joined."""
    shown = page(wish, "agents", client=client)
    if form:
        as_json(shown.rows)
        return
    rows = [
        (
            row.agent,
            row.client,
            row.site,
            row.host,
            row.status,
            local(row.last_seen, shown.now),
            _version(row),
            row.note,
        )
        for row in shown.rows
    ]
    table(wish, ("agent", "client", "site", "host", "status", "last seen", "version", "note"), rows, NO_AGENT)


def _version(row: AgentRow) -> str:
    """With a word beside where it is not the console's own."""
    return row.version if row.release == "current" else f"{row.version} {row.release}".strip()


@agents.command(help=_HELP["invite"])
@click.option("--client", required=True, help="The client whose machine it is.")
@click.option("--site", required=True, help="Where it stands.")
@click.option("--host", default="", help="Which host of the model it is (by default: by its hostname).")
@options.as_json
@click.pass_obj
def invite(wish: Wish, client: str, site: str, host: str, form: str | None) -> None:
    """Print a join token."""
    invitation = do(wish, "invite", client=client, site=site, host=host)
    if form:
        as_json(invitation)
        return
    click.echo(invitation.token)
    until = instant(invitation.expires_at)
    click.echo(f"one machine, until {until}; on it, run `{invitation.command}` and paste the line above", err=True)


@agents.command(help=_HELP["approve"])
@click.argument("agent")
@click.pass_obj
def approve(wish: Wish, agent: str) -> None:
    """Let an agent deliver that waits."""
    say(do(wish, "approve", agent=agent).text)


@agents.command(help=_HELP["revoke"])
@click.argument("agent")
@click.option("--reason", required=True, help="Why.")
@_yes
@click.pass_obj
def revoke(wish: Wish, agent: str, reason: str, yes: bool) -> None:
    """Close the door to an agent."""
    if not yes:
        click.confirm(f"close the door to {agent}, at once?", abort=True)
    say(do(wish, "revoke", agent=agent, reason=reason).text)


COMMANDS = (
    command_of("report", "report", "text"),
    command_of("own", "own", "incident"),
    command_of("note", "note", "incident", "text"),
    command_of("resolve", "resolve", "incident", "cause"),
    command_of("outage", "outage", "incident", "text"),
    command_of("ack", "ack", "incident", "reason"),
    command_of("pause", "pause", "incident", "reason", "text"),
    command_of("resume", "resume", "incident"),
    command_of("severity", "severity", "incident", "severity", "reason"),
    command_of("reassign", "reassign", "incident", "to"),
    command_of("offer", "offer", "incident", "to", "text"),
    command_of("accept", "accept", "incident"),
    command_of("escalate", "escalate", "incident", "text"),
    command_of("release", "release", "incident", "reason"),
    command_of("step", "step", "incident", "step"),
    command_of("void", "void", "incident", "reason"),
    command_of("merge", "merge", "incident", "parent"),
    command_of("reopen", "reopen", "incident", "text"),
    command_of("confirm-closed", "confirm-closed", "incident"),
    command_of("undo", "undo", "incident"),
    command_of("log-time", "log-time", "incident", "minutes"),
    agents,
)
