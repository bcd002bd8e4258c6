"""`watchbill deploy`: an agent is brought to a machine over the technician's own SSH, and joins."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from checks.wording import counted
from console.commands import options
from console.commands.told import Wish, as_json, do, page, say
from console.commands.visit import confirmed, end, hidden, place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.field.facts import Facts
    from console.field.reach import Reached


@click.command()
@click.argument("machine", metavar="[USER@]HOST")
@click.option("--client", required=True, help="The client whose machine it is.")
@click.option("--site", required=True, help="Where it stands.")
@click.option("--host", default="", help="Which host of the model it is (by default: by its hostname).")
@click.option(
    "--wheels",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of wheels, for machines of another kind than this one.",
)
@options.over_ssh
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@options.as_json
@click.pass_obj
def deploy(wish: Wish, /, machine: str, dry_run: bool, yes: bool, form: str | None, **said: object) -> None:
    """Install an agent on a machine over SSH with your own key, and let it join.

    What will be done is shown first, and asked once. The machine needs no network but the way to the console's door;
    where a step fails, all that was done there is taken back.
    """
    from console.field import deploy as deploying
    from console.field.facts import facts
    from console.field.reach import NotReached, reached

    at, wheels = place(machine, said), said["wheels"]
    before = {row.agent for row in page(wish, "agents", client=said["client"]).rows}
    try:
        with reached(at, confirmed, hidden) as there:
            found = facts(there)
            content = deploying.content_for(found, wheels if isinstance(wheels, Path) else None)
            steps = deploying.plan(found, str(at), content)
            if dry_run:
                _planned(steps, form)
                return
            if not yes and not _agreed(steps):
                return
            password = _password(there, found)
            named = {name: said[name] for name in ("client", "site", "host")}
            token = do(wish, "invite", **named).token
            click.echo(f"bringing {sum(len(one) for _, one in content) / 1e6:.1f} MB …", err=True)
            given = deploying.given(content, token)
            deploying.deploy(there, found, given, password, lambda line: click.echo(f"  {line}", err=True))
    except NotReached as error:
        end(error)
    mine = [row for row in page(wish, "agents", client=said["client"]).rows if row.agent not in before]
    if form:
        as_json(mine)
        return
    for row in mine:
        say(f"{row.agent} is {row.client}/{row.host}: {row.status}")


def _password(there: Reached, found: Facts) -> str:
    """What sudo there asks for, and takes; empty where it asks for nothing. Raises NotReached."""
    from console.field import deploy as deploying

    if not deploying.needs_password(found):
        return ""
    said = hidden(f"password of {there.where.user} on {there.where.host}, for sudo: ")
    deploying.prove(there, found, said)
    return said


def _agreed(steps: Sequence[str]) -> bool:
    for one in ("This will be done:", *(f"  {one}" for one in steps)):
        click.echo(one, err=True)
    return confirmed("Do this?")


def _planned(steps: Sequence[str], form: str | None) -> None:
    if form:
        as_json(steps)
        return
    say(f"{counted(len(steps), 'step', 'steps')}:")
    for number, one in enumerate(steps, 1):
        say(f"  {number}. {one}")


COMMANDS = (deploy,)
