"""`watchbill up`: a daemon if none runs, the starter model, this machine's agent joined and kept running, the console.

Leaving stops what this started and nothing else. The children watch their parent, so that they end with it even where
it was killed.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import click

from console.client.client import Client, NotReachable, Refused
from console.client.where import socket_path
from console.commands.told import REFUSED, TAKEN, UNREACHABLE

READY_SECONDS = 60.0
FIRST_SECONDS = 300.0
STOP_SECONDS = 10.0
_PR_SET_PDEATHSIG = 1


class CannotStart(Exception):
    """Something that `up` needs did not start: says what, and where its log is."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.code = code


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
            try:
                self._catch_signals(headless)
                self._start(client, stack)
                return self._stay(client) if headless else self._show(client)
            except CannotStart as error:
                click.echo(f"watchbill: {error}", err=True)
                return error.code
            except Refused as error:
                click.echo(f"watchbill: {error.text}; {error.what_to_do}", err=True)
                return REFUSED
            except NotReachable as error:
                click.echo(f"watchbill: {error}", err=True)
                return UNREACHABLE

    def _start(self, client: Client, stack: ExitStack) -> None:
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _answers(client):
            _say("starting the daemon …")
            arguments = ["--home", str(self.home), "--bind", self.bind, "--port", str(self.port), "--starter"]
            daemon = self._child(stack, "daemon", ["-m", "console.daemon", *arguments])
            self._wait_for(client, daemon)
        if self._join(client):
            _say("this machine's agent is running already" if self._agent_runs() else "starting the agent …")
        if not self._agent_runs():
            pace = ["--pace", str(self.pace), "--now"]
            self._child(stack, "agent", ["-m", "agent", "--home", str(self.home), "run", *pace])

    def _join(self, client: Client) -> bool:
        """Join this machine if it has not; whether it had already."""
        identity = self.home / "agent" / "identity.json"
        if identity.exists():
            return True
        site = _first_site(client)
        _say("joining this machine …")
        token = client.do("invite", client=site[0], site=site[1], host=site[2]).token
        joined = subprocess.run(
            [sys.executable, "-m", "agent", "--home", str(self.home), "join"],
            input=token, text=True, capture_output=True, check=False, timeout=READY_SECONDS,
        )  # fmt: skip
        if joined.returncode:
            raise CannotStart(f"this machine could not join: {joined.stderr.strip()}", joined.returncode)
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

    def _child(self, stack: ExitStack, name: str, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        log = (self.home / f"{name}.log").open("ab")
        stack.callback(log.close)
        child = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, preexec_fn=_end_with_parent,  # noqa: PLW1509 - no thread runs yet
        )  # fmt: skip
        stack.callback(_ended, child)
        return child

    def _wait_for(self, client: Client, daemon: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not _answers(client):
            if daemon.poll() is not None or time.monotonic() > deadline:
                log = self.home / "daemon.log"
                last = log.read_text(errors="replace").strip().splitlines()[-1:] if log.exists() else []
                raise CannotStart(
                    f"{' '.join(last) or 'the daemon did not start'} (log: {log})", daemon.poll() or TAKEN
                )
            if self._stop.wait(0.05):
                raise CannotStart("stopped before it was ready", 130)

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

    def _catch_signals(self, headless: bool) -> None:
        def stop(number: int, _: FrameType | None) -> None:
            self._stop.set()
            if not headless:
                raise SystemExit(128 + number)

        for number in (signal.SIGTERM, signal.SIGHUP, *([signal.SIGINT] if headless else [])):
            signal.signal(number, stop)


def _answers(client: Client) -> bool:
    try:
        client.page("house")
    except NotReachable:
        return False
    return True


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


def _end_with_parent() -> None:
    """On Linux a child hears when its parent is gone, however it went."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _ended(child: subprocess.Popen[bytes]) -> None:
    """SIGTERM, then SIGKILL to its whole group."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _say(text: str) -> None:
    click.echo(text, err=True)
