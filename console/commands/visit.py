"""`watchbill visit`: one look at a machine over the technician's own SSH; nothing of it is left there."""

from __future__ import annotations

import getpass
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checks.catalogue import BY_NAME
from checks.finding import Status, worst
from checks.reading import CheckName
from checks.text import clean
from console.commands import options
from console.commands.told import UNREACHABLE, Wish, as_json, say, table
from console.commands.waiting import waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.field.look import Found
    from console.field.reach import Where

FOUND, STRANGE = 1, 12
_COLUMNS = ("", "check", "subject", "what is found", "what to do")


@click.command()
@click.argument("machine", metavar="[USER@]HOST")
@options.over_ssh
@click.option(
    "--python",
    "archive",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The agent's archive with a Python, for a machine that has none or too old a one.",
)
@click.option("--all", "everything", is_flag=True, help="Also what is well.")
@options.as_json
@click.pass_obj
def visit(wish: Wish, /, machine: str, archive: Path | None, everything: bool, form: str | None, **ssh: object) -> None:
    """Look at a machine once, over SSH with your own key; nothing is left there, and no console is asked.

    By the checks' default standards; a client's own may differ. Exit code 1 where something is found.
    """
    from console.field.look import look
    from console.field.reach import NotReached, reached

    at = place(machine, ssh)
    try:
        with reached(at, confirmed, hidden) as there, waiting(f"looking at {at}"):
            found = look(there, archive)
    except NotReached as error:
        end(error)
    if form:
        as_json(found)
    else:
        _show(wish, [one for one in found if everything or one.status.rank > 1], found)
    raise SystemExit(FOUND if any(one.status.rank > 1 for one in found) else 0)


def _show(wish: Wish, rows: Sequence[Found], found: Sequence[Found]) -> None:
    cells = [
        (one.status, _title(one.check), one.subject, one.sentence,
         one.advice if one.status.rank > Status.OK.rank else "")
        for one in sorted(rows, key=lambda one: -one.status.rank)
    ]  # fmt: skip
    if cells:
        table(wish, _COLUMNS, cells)
    overall = worst(one.status for one in found)
    say(f"{overall.sign} {overall.value}: {len(found)} things looked at, by default standards")


def _title(check: str) -> str:
    known = BY_NAME.get(CheckName(check))
    return known.title if known else check


def place(machine: str, ssh: dict[str, object]) -> Where:
    """Where a machine is, by what was said and by ~/.ssh/config; trouble ends the program."""
    from console.field.reach import NotReached, where

    keys, port = ssh["identity"], ssh["port"]
    named = [str(one) for one in keys] if isinstance(keys, tuple) else []
    try:
        return where(machine, getpass.getuser(), port if isinstance(port, int) else None, named)
    except NotReached as error:
        raise click.UsageError(str(error)) from error


def confirmed(question: str) -> bool:
    """Ask whoever sits here; no where nobody does."""
    if not sys.stdin.isatty():
        click.echo(f"watchbill: {clean(question, 400)} Nobody is here to be asked.", err=True)
        return False
    return click.confirm(clean(question, 400), default=False, err=True)


def hidden(question: str) -> str:
    """Ask for what nobody may read along. Raises NotReached where no terminal can hide it."""
    from console.field.reach import NotReached

    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(clean(question, 400))
        except (getpass.GetPassWarning, EOFError) as error:
            raise NotReached(f"{question.rstrip(': ')}: nobody is here to be asked at a terminal") from error


def end(error: Exception) -> None:
    """Say why a machine was not reached, and end: 12 where somebody else may answer there, else 10."""
    from console.field.reach import StrangeKey

    for line in f"watchbill: {error}".split("\n"):
        click.echo(clean(line, 400), err=True)
    raise SystemExit(STRANGE if isinstance(error, StrangeKey) else UNREACHABLE)


COMMANDS = (visit,)
