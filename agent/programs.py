"""The only place that runs other programs: an argv list, a time limit, a cap on output, the whole group ended.

No shell, stdin closed, the C locale, a small environment, a session of its own (reliability.md, section 3).
"""

from __future__ import annotations

import atexit
import os
import selectors
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

from agent import windows

MOST_BYTES = 4 << 20
_PASSED_ON = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name))
_LEFT_OPEN = 5.0
"""Seconds for which the output of a program that ended is read on."""
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_HAS_GROUPS = hasattr(os, "killpg")
"""Whether this system knows groups of processes; where not, it is Windows."""


_running: set[subprocess.Popen[bytes]] = set()


class ProgramError(Exception):
    """A program could not be run to its end: says which, and why."""


class ProgramMissing(ProgramError):
    """There is no such program here."""


class ProgramTimedOut(ProgramError):
    """It ran longer than it may; its whole group was ended."""


class ProgramFlooded(ProgramError):
    """It wrote more than it may; its whole group was ended."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A program that came to its end."""

    status: int
    out: str
    err: str


def run(
    argv: Sequence[str], *, seconds: float, most_bytes: int = MOST_BYTES, env: Mapping[str, str] | None = None
) -> Ran:
    """Run a program and wait. Raises ProgramMissing, ProgramTimedOut or ProgramFlooded."""
    program = shutil.which(argv[0], path=f"{os.environ.get('PATH', '')}{os.pathsep}{_PATH}")
    if program is None:
        raise ProgramMissing(f"{argv[0]} is not installed here")
    process = subprocess.Popen(
        [program, *argv[1:]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**_environment(), **(env or {})},
        cwd="/",
        start_new_session=True,
    )
    _running.add(process)
    with process:
        try:
            out, err = _read(process, argv[0], seconds, most_bytes)
            status = process.wait(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise ProgramTimedOut(f"{argv[0]} closed its output but did not end") from error
        finally:
            _end_group(process)
            _running.discard(process)
    return Ran(status, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))


def _environment() -> dict[str, str]:
    """A small one; on Windows, where programs do not start without theirs, the one that we have."""
    if not _HAS_GROUPS:
        return dict(os.environ)
    return {"PATH": _PATH, "LC_ALL": "C", "LANGUAGE": "C", "HOME": os.environ.get("HOME", "/")}


def run_through(argv: Sequence[str], tail: int) -> Ran:
    """Run a program as it is: its output passes through, signals reach it, and it may take its time.

    The last `tail` bytes of each stream come back. Its status is a shell's: 128 and the signal's number where one ended
    it. Raises ProgramMissing, or ProgramError where it may not be run.
    """
    try:
        process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    except FileNotFoundError as error:
        raise ProgramMissing(f"{argv[0]} is not there") from error
    except OSError as error:
        raise ProgramError(f"{argv[0]} cannot be run: {error.strerror}") from error
    for number in _PASSED_ON:
        signal.signal(number, lambda sent, _: process.send_signal(sent))
    ends = (bytearray(), bytearray())
    pairs = ((process.stdout, sys.stdout.fileno(), ends[0]), (process.stderr, sys.stderr.fileno(), ends[1]))
    passing = [
        threading.Thread(target=_pass_on, args=(source, to, end, tail), daemon=True) for source, to, end in pairs
    ]
    for one in passing:
        one.start()
    code = process.wait()
    for one in passing:
        one.join(timeout=_LEFT_OPEN)  # what it left behind may hold its output open for ever
    out, err = (end.decode("utf-8", "replace") for end in ends)
    return Ran(code if code >= 0 else 128 - code, out, err)


def _pass_on(source: IO[bytes], to: int, end: bytearray, tail: int) -> None:
    """Everything that is written, at once. Whoever reads us may have gone: the program goes on.

    Written past Python's own buffer: what is left in that makes the interpreter end with 120 where nobody reads it.
    """
    is_read = True
    with source:
        while chunk := os.read(source.fileno(), 65_536):
            end += chunk
            del end[:-tail]
            try:
                while is_read and chunk:
                    chunk = chunk[os.write(to, chunk) :]
            except OSError:
                is_read = False


def _read(process: subprocess.Popen[bytes], name: str, seconds: float, most_bytes: int) -> tuple[bytes, bytes]:
    """Both streams to their ends, within the limits."""
    streams = [stream for stream in (process.stdout, process.stderr) if stream is not None]
    out, err = bytearray(), bytearray()
    try:
        for place, piece in (_pieces if _HAS_GROUPS else windows.pieces)(streams, time.monotonic() + seconds):
            (out, err)[place].extend(piece)
            if len(out) + len(err) > most_bytes:
                raise ProgramFlooded(f"{name} wrote more than {most_bytes} bytes")
    except TimeoutError as error:
        raise ProgramTimedOut(f"{name} ran longer than {seconds:g} s") from error
    return bytes(out), bytes(err)


def _pieces(streams: Sequence[IO[bytes]], deadline: float) -> Iterator[tuple[int, bytes]]:
    """(which stream, what it says next), until all have ended. Raises TimeoutError."""
    with selectors.DefaultSelector() as selector:
        for place, stream in enumerate(streams):
            selector.register(stream, selectors.EVENT_READ, place)
        while selector.get_map():
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            for key, _ in selector.select(left):
                piece = os.read(key.fd, 65_536)
                if not piece:
                    selector.unregister(key.fileobj)
                yield key.data, piece


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End the program and all that it started, also what has left its group. One that is gone is what we want."""
    end_tree(process.pid)
    if _HAS_GROUPS:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def end_tree(pid: int) -> None:
    """End a process and all that it started and that still has it for a parent."""
    import psutil

    with suppress(psutil.NoSuchProcess):
        root = psutil.Process(pid)
        for one in (*root.children(recursive=True), root):
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                one.kill()


@atexit.register
def _end_all() -> None:
    """A probe that was left behind may still wait for its program, which is not to live longer than we do."""
    for process in tuple(_running):
        _end_group(process)
