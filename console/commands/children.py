"""Processes that a command starts for as long as it runs: they end with it, even where it was killed.

The only place in which the console starts programs: its own daemon, its own agent, and the system's sshd to ask it.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import click

from console.client.client import Client, NotReachable, Refused
from console.commands.told import REFUSED, TAKEN, UNREACHABLE

READY_SECONDS = 60.0
STOP_SECONDS = 10.0
_PR_SET_PDEATHSIG = 1


class CannotStart(Exception):
    """Something that the command needs did not start: says what, and where its log is."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True, slots=True)
class Children:
    """The processes of one command; the stack ends them."""

    home: Path
    stack: ExitStack
    stop: threading.Event

    def start(self, name: str, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        """Start one, its output in the home's `NAME.log`."""
        log = (self.home / f"{name}.log").open("ab")
        self.stack.callback(log.close)
        child = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, preexec_fn=_end_with_parent,  # noqa: PLW1509 - no thread runs yet
        )  # fmt: skip
        self.stack.callback(_ended, child)
        return child

    def start_daemon(self, client: Client, arguments: Sequence[str]) -> None:
        """Start the home's daemon and wait until it answers. Raises CannotStart."""
        daemon = self.start("daemon", ["-m", "console.serving", "--home", str(self.home), *arguments])
        deadline = time.monotonic() + READY_SECONDS
        while not answers(client):
            if daemon.poll() is not None or time.monotonic() > deadline:
                log = self.home / "daemon.log"
                last = log.read_text(errors="replace").strip().splitlines()[-1:] if log.exists() else []
                raise CannotStart(
                    f"{' '.join(last) or 'the daemon did not start'} (log: {log})", daemon.poll() or TAKEN
                )
            if self.stop.wait(0.05):
                raise CannotStart("stopped before it was ready", 130)


def finished(arguments: Sequence[str], said: str) -> tuple[int, str]:
    """Run one program of ours to its end with this on its input: its exit code, and what it complained of."""
    done = subprocess.run(
        [sys.executable, *arguments],
        input=said, text=True, capture_output=True, check=False, timeout=READY_SECONDS,
    )  # fmt: skip
    return done.returncode, done.stderr.strip()


def told_by(arguments: Sequence[str]) -> tuple[int, str, str]:
    """Run one program of ours for as long as it takes: its exit code, what it told, and what it complained of."""
    done = subprocess.run(
        [sys.executable, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr.strip()


def guarded(work: Callable[[], int]) -> int:
    """The exit code of `work`; trouble is told."""
    try:
        return work()
    except CannotStart as error:
        click.echo(f"watchbill: {error}", err=True)
        return error.code
    except Refused as error:
        click.echo(f"watchbill: {error.text}; {error.what_to_do}", err=True)
        return REFUSED
    except NotReachable as error:
        click.echo(f"watchbill: {error}", err=True)
        return UNREACHABLE


def ran(argv: Sequence[str]) -> tuple[int, str]:
    """Run a program of the system's: its exit code, and all that it said. Raises CannotStart."""
    try:
        done = subprocess.run(
            argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=READY_SECONDS
        )
    except OSError as error:
        raise CannotStart(f"{argv[0]} cannot be run: {error.strerror}", TAKEN) from error
    return done.returncode, (done.stderr + done.stdout).strip()


def answers(client: Client) -> bool:
    """Whether a daemon answers."""
    try:
        client.page("house")
    except NotReachable:
        return False
    return True


def stop_on_signals(stop: threading.Event, *, headless: bool) -> None:
    """SIGTERM and SIGHUP end the command, and what it started with it; without a screen SIGINT does too."""

    def ended(number: int, _: FrameType | None) -> None:
        stop.set()
        if not headless:
            raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP, *([signal.SIGINT] if headless else [])):
        signal.signal(number, ended)


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
