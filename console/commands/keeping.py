"""The life of a home's store: `watchbill backup`, `restore` and `doctor`. They work on the files, beside the daemon."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from checks.finding import Status
from checks.text import clean
from console.commands import options
from console.commands.children import told_by
from console.commands.told import PROBLEMS, Wish, as_json, say, table
from console.commands.waiting import waiting

_BAD = (Status.BREACH, Status.UNKNOWN)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@options.as_json
@click.pass_obj
def backup(wish: Wish, file: Path, form: str | None) -> None:
    """Write the store to FILE while the daemon works, and prove that it can be read back.

    It holds everything, the door's key and the passwords of outlets too: keep it as safe as the home. A folder for FILE
    gives it a name with the date.
    """
    told = kept(wish, "backup", "writing and proving", file)
    if form:
        as_json(told)
        return
    size = f"{told['bytes'] / (1 << 20):.1f} MiB"
    say(f"{told['file']}: {len(told['files'])} files, {told['agents']} agents, {size}; it reads back as it was written")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--yes", is_flag=True, help="Do not ask.")
@options.as_json
@click.pass_obj
def restore(wish: Wish, file: Path, yes: bool, form: str | None) -> None:
    """Make FILE the store of this home; the daemon must be stopped. What was there is moved aside, not deleted.

    Agents deliver what the backup lacks, of the last 24 hours. Whoever was shut out since stays out, where the store
    that is replaced can still be read.
    """
    there = (wish.home / "console" / "watchbill.db").exists()
    if there and not yes:
        click.confirm(f"the store in {wish.home} is moved aside, and {file} takes its place; go on?", abort=True)
    told = kept(wish, "restore", "proving and putting back", file)
    if form:
        as_json(told)
        return
    taken = datetime.fromtimestamp(told["manifest"]["taken_at"], UTC).strftime("%Y-%m-%d %H:%M UTC")
    say(f"{wish.home} is as it was at {taken}, with {told['manifest']['agents']} agents")
    if told["aside"]:
        say(f"what was there lies in {told['aside']}")
    if told["closed"]:
        say(f"{told['closed']} agents or invitations that were closed since stay closed")
    if told["unknown"]:
        say("who was shut out since cannot be known: look through `watchbill agents list`, and revoke again")


@click.command()
@options.as_json
@click.pass_obj
def doctor(wish: Wish, form: str | None) -> None:
    """Look the store over: pages, schema, disk, clock, lock, keys, letters. Exit code 1 where something is wrong."""
    told = kept(wish, "doctor", "looking", None)
    if form:
        as_json(told)
    else:
        table(wish, ("", "about", "what", "advice"), [_row(one) for one in told])
    raise SystemExit(PROBLEMS if any(Status(one["status"]) in _BAD for one in told) else 0)


def _row(one: dict[str, str]) -> tuple[str, ...]:
    status = Status(one["status"])
    return (f"{status.sign} {status.value}", one["about"], one["sentence"], one["advice"])


def kept(wish: Wish, work: str, what: str, file: Path | None) -> Any:  # noqa: ANN401 - what JSON may hold
    """What the keeper told. Ends with its complaint where it could not."""
    arguments = ["-m", "console.keeper", work, "--home", str(wish.home)]
    arguments += ["--file", str(file.absolute())] if file else []
    with waiting(what):
        code, told, complaint = told_by(arguments)
    if code:
        last = complaint.splitlines()[-1] if complaint else "it ended without a word"
        click.echo(clean(f"watchbill: {last}", 500), err=True)
        raise SystemExit(code)
    return json.loads(told)


COMMANDS = (backup, restore, doctor)
