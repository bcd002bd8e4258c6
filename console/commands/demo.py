"""`watchbill demo`: Brackwater's golden week in a home that is thrown away, with the clock set into that week.

The daemon publishes the example and brings in what had happened by then; what follows comes as its clock moves on.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import click

from console.client.client import Client
from console.client.where import socket_path
from console.commands.children import CannotStart, Children, guarded, stop_on_signals

NOW = "2026-11-11T08:00:00-05:00"
_ZONE = "America/New_York"
_NOT_EMPTY = 2


def _moment(context: click.Context, _: click.Parameter, said: str) -> str:
    """An instant with its zone, as it was written."""
    try:
        has_zone = datetime.fromisoformat(said).tzinfo is not None
    except ValueError:
        has_zone = False
    if not has_zone:
        raise click.BadParameter(f"{said!r} is no instant with a zone; write one such as {NOW}", context)
    return said


@dataclass
class Demo:
    """One demonstration."""

    now: str
    keep: Path | None
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self, *, headless: bool) -> int:
        """Start, show, stop, tidy up; the exit code."""
        os.environ["TZ"] = _ZONE  # the clock on the wall is the client's
        time.tzset()
        with ExitStack() as stack:
            return guarded(lambda: self._run(stack, headless))

    def _run(self, stack: ExitStack, headless: bool) -> int:
        stop_on_signals(self._stop, headless=headless)
        home = self._home(stack)
        client = Client(socket_path(home))
        click.echo(f"bringing in Brackwater's records until {self.now} …", err=True)
        Children(home, stack, self._stop).start_daemon(client, ["--now", self.now, "--demo"])
        if not headless:
            from console.tui.run import run

            return run(client)
        click.echo(f"ready {client.page('house').door} {client.path}")
        click.echo(f"look around: watchbill --home {home} console", err=True)
        self._stop.wait()
        return 0

    def _home(self, stack: ExitStack) -> Path:
        if self.keep is None:
            home = Path(tempfile.mkdtemp(prefix="watchbill-demo-"))
            stack.callback(shutil.rmtree, home, ignore_errors=True)
            return home
        self.keep.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(self.keep.iterdir()):
            raise CannotStart(f"{self.keep} is not empty; a demonstration begins in an empty folder", _NOT_EMPTY)
        return self.keep.absolute()


@click.command()
@click.option(
    "--now",
    callback=_moment,
    default=NOW,
    metavar="INSTANT",
    show_default=True,
    help="The instant at which its clock starts.",
)
@click.option("--headless", is_flag=True, help="No screen: print `ready DOOR SOCKET`, stay until SIGTERM.")
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), help="Use this empty folder, and leave it.")
def demo(now: str, headless: bool, keep: Path | None) -> None:
    """Show a busy week of an invented client; leaving throws everything away."""
    raise SystemExit(Demo(now, keep).run(headless=headless))


COMMANDS = (demo,)
