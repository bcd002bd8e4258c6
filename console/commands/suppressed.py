"""The command that tells what alarms nobody, and why."""

from __future__ import annotations

from datetime import datetime

import click

from console.commands import options
from console.commands.told import Wish, as_json, page, table
from console.pages.suppressed import Suppressed, SuppressedRow


@click.command()
@options.only_client
@click.option("--all", "everything", is_flag=True, help="Also what was held back in the last week.")
@options.as_json
@click.pass_obj
def suppressed(wish: Wish, client: str, everything: bool, form: str | None) -> None:
    """What alarms nobody just now: why, and until when; with --all what came of it in the last week."""
    shown: Suppressed = page(wish, "suppressed", client=client)
    found = [row for row in shown.rows if everything or not row.came]
    if form:
        as_json(found)
        return
    rows = [
        (
            row.client,
            row.host,
            f"{row.title} {row.subject}".strip(),
            row.why,
            _about(row),
            _moment(row.since),
            _until(row),
        )
        for row in found
    ]
    table(wish, ("client", "host", "what", "why", "about", "since", "until"), rows, "nothing is held back")


def _about(row: SuppressedRow) -> str:
    number = f"#{row.incident}: " if row.incident else ""
    return f"{number}{row.about}"


def _until(row: SuppressedRow) -> str:
    until = _moment(row.until) if row.until is not None else "–"
    return f"{until}, {row.came}" if row.came else until


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at).astimezone().strftime("%a %d %b %H:%M")


COMMANDS = (suppressed,)
