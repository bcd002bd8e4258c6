"""`watchbill`: every command, its words and its options. See docs/commands.md for fields and exit codes."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from checks.version import VERSION
from console.client.client import Client
from console.client.where import SHARED, asked_socket, daemon_socket
from console.client.where import home as home_of
from console.commands.told import Wish, wants_colour


def _choose_place(context: click.Context, parameter: click.Parameter, given: Path | None) -> None:
    """Both options are there twice, before a command and after it: what is said later counts."""
    if given is None and context.obj is not None:
        return
    named = {**context.meta.get(_NAMED, {}), parameter.name: given}
    context.meta[_NAMED] = named
    colour = context.obj.colour if context.obj else wants_colour("auto")
    home, socket = home_of(named.get("home")), asked_socket(named.get("socket"))
    client = Client(daemon_socket(named.get("home"), named.get("socket")), home=None if socket else home)
    context.obj = Wish(home, client, colour, socket)


def _choose_colour(context: click.Context, _: click.Parameter, color: str | None) -> None:
    if color is not None or context.parent is None:
        context.color = wants_colour(color or "auto")  # else click takes colour away wherever stdout is a pipe
        context.obj = replace(context.obj, colour=context.color)


_NAMED = "watchbill.named"
_home = click.Option(
    ["--home"],
    type=click.Path(path_type=Path),
    help="Where everything is kept (or WATCHBILL_HOME).",
    expose_value=False,
    callback=_choose_place,
    is_eager=True,
)
_socket = click.Option(
    ["--socket"],
    type=click.Path(path_type=Path),
    help="Where its daemon listens (or WATCHBILL_SOCKET).",
    expose_value=False,
    callback=_choose_place,
    is_eager=True,
)
_color = click.Option(
    ["--color"],
    type=click.Choice(["auto", "always", "never"]),
    help="Colour; by itself on a terminal, unless NO_COLOR is set.",
    expose_value=False,
    callback=_choose_colour,
)
_ROOM = 61
"""Characters beside the longest name of a command, in 80 columns."""
EVERYWHERE = (_home, _socket, _color)
"""Options that may stand before a command and after it."""


@click.group(
    params=list(EVERYWHERE), context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(VERSION, prog_name="watchbill")
def cli() -> None:
    """Watches machines: what is wrong, whose it is, and which promise is running out."""


@cli.command()
@click.option("--headless", is_flag=True, help="No screen: print `ready` after the first check-in, stay until SIGTERM.")
@click.option("--bind", default="127.0.0.1", show_default=True, help="Address on which agents are heard.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port for agents (0: last time's, or any).")
@click.option("--pace", type=click.IntRange(1, 86_400), default=60, show_default=True, help="Seconds between passes.")
@click.pass_obj
def up(wish: Wish, headless: bool, bind: str, port: int, pace: int) -> None:
    """Watch this machine: start what is not running, join it, open the console; leaving stops what was started."""
    from console.commands.up import Up

    raise SystemExit(Up(wish.home, bind, port, pace).run(headless=headless, colour=wish.colour))


@cli.command()
@click.option("--bind", default="127.0.0.1", show_default=True, help="Address on which agents are heard.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port for agents (0: last time's, or any).")
@click.option("--starter", is_flag=True, help="Publish a first model for this machine if there is none.")
@click.option("--shared", is_flag=True, help=f"Let other logins of this machine ask it, at {SHARED} or --socket.")
@click.option("--now", default="", hidden=True, help="For tests: the instant at which the clock starts.")
@click.pass_obj
def serve(wish: Wish, /, **wanted: Any) -> None:  # noqa: ANN401 - the options above
    """Run the daemon of this home until SIGTERM. Prints `ready DOOR SOCKET` once it listens.

    By itself it hears nobody but the account that it runs as. With --shared every login may ask; who has no role in
    provider.yaml is refused.
    """
    arguments = ["--home", str(wish.home), "--bind", wanted["bind"], "--port", str(wanted["port"])]
    arguments += ["--starter"] if wanted["starter"] else []
    arguments += ["--now", wanted["now"]] if wanted["now"] else []
    arguments += ["--shared", str(wish.socket or SHARED)] if wanted["shared"] else []
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "console.serving", *arguments])  # noqa: S606 - becomes the daemon


@cli.command()
@click.pass_obj
def console(wish: Wish) -> None:
    """Open the console on a running daemon."""
    from console.tui.run import run

    raise SystemExit(run(wish.client))


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the shell's completion: eval "$(watchbill completion bash)"."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(kind(cli, {}, "watchbill", "_WATCHBILL_COMPLETE").source())


def _add_the_others() -> None:
    """Commands that have a file of their own."""
    from console.commands import (
        assessing,
        audit,
        away,
        blueprint,
        compliance,
        components,
        concerning,
        deciding,
        demo,
        deploy,
        door,
        drafts,
        editing,
        keeping,
        models,
        observing,
        outbox,
        packing,
        pages,
        people,
        plan,
        records,
        revisions,
        schema,
        shifts,
        starting,
        suppressed,
        unit,
        verbs,
        visit,
        weeks,
        worked,
    )

    for module in (
        pages,
        verbs,
        models,
        records,
        assessing,
        audit,
        away,
        blueprint,
        compliance,
        components,
        concerning,
        deciding,
        demo,
        deploy,
        door,
        worked,
        drafts,
        editing,
        keeping,
        observing,
        outbox,
        packing,
        people,
        plan,
        revisions,
        schema,
        shifts,
        starting,
        weeks,
        suppressed,
        unit,
        visit,
    ):
        for command in module.COMMANDS:
            cli.add_command(command)


def _in_short(command: click.Command) -> str:
    """What a list of commands says of one: its first sentence, up to where it goes into detail, on one line."""
    whole = " ".join((command.help or "").split("\n\n")[0].split()).removesuffix(".")
    for mark in (". ", ": ", "; ", " ("):
        if len(whole) > _ROOM:
            whole = whole.partition(mark)[0]
    return whole if len(whole) <= _ROOM else whole[:_ROOM].rpartition(", ")[0] or whole


def _take_everywhere(group: click.Group) -> None:
    for command in group.commands.values():
        command.params.extend(EVERYWHERE)
        command.short_help = _in_short(command)
        if isinstance(command, click.Group):
            _take_everywhere(command)


_add_the_others()
_take_everywhere(cli)
