"""`watchbill up`: a daemon if none runs, the starter model, this machine's agent joined and kept running, the console.

Leaving stops what this started and nothing else.
"""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import click

from console.client.client import Client
from console.client.where import socket_path
from console.commands.children import CannotStart, Children, answers, finished, guarded, stop_on_signals
from console.commands.told import UNREACHABLE

FIRST_SECONDS = 300.0


@dataclass
class Up:
    """One `watchbill up`."""

    home: Path
    bind: str
    port: int
    pace: int
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self, *, headless: bool, colour: bool) -> int:
        """Start, show, stop; the exit code."""
        client = Client(socket_path(self.home))
        with ExitStack() as stack:
            return guarded(lambda: self._run(client, stack, headless))

    def _run(self, client: Client, stack: ExitStack, headless: bool) -> int:
        stop_on_signals(self._stop, headless=headless)
        self._start(client, Children(self.home, stack, self._stop))
        return self._stay(client) if headless else self._show(client)

    def _start(self, client: Client, children: Children) -> None:
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not answers(client):
            _say("starting the daemon …")
            children.start_daemon(client, ["--bind", self.bind, "--port", str(self.port), "--starter"])
        if self._join(client):
            _say("this machine's agent is running already" if self._agent_runs() else "starting the agent …")
        if not self._agent_runs():
            pace = ["--pace", str(self.pace), "--now"]
            children.start("agent", ["-m", "agent", "--home", str(self.home), "run", *pace])

    def _join(self, client: Client) -> bool:
        """Join this machine if it has not; whether it had already."""
        identity = self.home / "agent" / "identity.json"
        if identity.exists():
            return True
        site = _first_site(client)
        _say("joining this machine …")
        token = client.do("invite", client=site[0], site=site[1], host=site[2]).token
        code, complaint = finished(["-m", "agent", "--home", str(self.home), "join"], token)
        if code:
            raise CannotStart(f"this machine could not join: {complaint}", code)
        return False

    def _agent_runs(self) -> bool:
        """Whether another process holds the agent's home."""
        import fcntl

        try:
            with (self.home / "agent" / "agent.lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except FileNotFoundError:
            return False
        return False

    def _stay(self, client: Client) -> int:
        """Wait for the first check-in, say so, stay until a signal."""
        _say("first look at this machine (apt may take a while) …")
        deadline = time.monotonic() + FIRST_SECONDS
        while not _is_heard(client) and not self._stop.wait(0.2):
            if time.monotonic() > deadline:
                raise CannotStart(f"nothing was heard of this machine; see {self.home / 'agent.log'}", UNREACHABLE)
        if not self._stop.is_set():
            click.echo(f"ready {client.page('house').door} {client.path}")
        self._stop.wait()
        return 0

    def _show(self, client: Client) -> int:
        from console.tui.run import run

        return run(client)


def _is_heard(client: Client) -> bool:
    return any(row.last_seen is not None for row in client.page("hosts").rows)


def _first_site(client: Client) -> tuple[str, str, str]:
    """Where this machine belongs: the first host of the model that no agent speaks for."""
    rows = client.page("hosts").rows
    free = next((row for row in rows if not row.agent), None)
    if free is None:
        raise CannotStart(
            "no host of the model is waiting for an agent; add this machine to it, or invite it by hand", 2
        )
    return free.client, free.site, free.host


def _say(text: str) -> None:
    click.echo(text, err=True)
