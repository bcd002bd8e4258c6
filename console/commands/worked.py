"""`watchbill worked`: every worked number of the paper beside the product's, from a home that is thrown away."""

from __future__ import annotations

import shutil
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path

import click

from console.client.client import Client
from console.client.where import socket_path
from console.commands import options
from console.commands.children import Children, guarded, stop_on_signals
from console.commands.told import as_json, say

NOW = "2026-11-16T09:30:00-05:00"
"""The Monday on which the golden week is closed."""
_DIFFERS = 1


@click.command()
@options.as_json
def worked(form: str | None) -> None:
    """Show the example week's worked numbers and timelines beside the product's; exit 1 where they differ.

    A daemon takes in the example's golden week in a home of its own, and everything is computed from its record.
    """
    with ExitStack() as stack:
        raise SystemExit(guarded(lambda: _show(stack, form)))


def _show(stack: ExitStack, form: str | None) -> int:
    stop = threading.Event()
    stop_on_signals(stop, headless=True)
    home = Path(tempfile.mkdtemp(prefix="watchbill-worked-"))
    stack.callback(shutil.rmtree, home, ignore_errors=True)
    client = Client(socket_path(home))
    click.echo("taking in the golden week …", err=True)
    Children(home, stack, stop).start_daemon(client, ["--now", NOW, "--demo"])
    rows = client.page("worked").rows
    if form:
        as_json(rows)
        return 0 if all(row.agrees for row in rows) else _DIFFERS
    for row in rows:
        say(f"{'✓' if row.agrees else '✗'} {row.id}: {row.given}")
        say(f"    paper    {row.paper}")
        say(f"    product  {row.product}")
    wrong = [row.id for row in rows if not row.agrees]
    say(f"{len(rows) - len(wrong)} of {len(rows)} agree" + (f"; these differ: {', '.join(wrong)}" if wrong else ""))
    return _DIFFERS if wrong else 0


COMMANDS = (worked,)
