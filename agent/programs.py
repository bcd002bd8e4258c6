"""The only place that runs other programs: an argv list, a time limit, a cap on output, the whole group ended.

No shell, stdin closed, the C locale, a small environment, a session of its own (reliability.md, section 3).
"""

from __future__ import annotations

import os
import selectors
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO

MOST_BYTES = 4 << 20
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


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
    program = shutil.which(argv[0], path=f"{os.environ.get('PATH', '')}:{_PATH}")
    if program is None:
        raise ProgramMissing(f"{argv[0]} is not installed here")
    process = subprocess.Popen(
        [program, *argv[1:]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PATH": _PATH, "LC_ALL": "C", "LANGUAGE": "C", "HOME": os.environ.get("HOME", "/"), **(env or {})},
        cwd="/",
        start_new_session=True,
    )
    with process:
        try:
            out, err = _read(process, argv[0], seconds, most_bytes)
            status = process.wait(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise ProgramTimedOut(f"{argv[0]} closed its output but did not end") from error
        finally:
            _end_group(process)
    return Ran(status, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))


def _read(process: subprocess.Popen[bytes], name: str, seconds: float, most_bytes: int) -> tuple[bytes, bytes]:
    """Both streams to their ends, within the limits."""
    deadline = time.monotonic() + seconds
    streams: list[IO[bytes]] = [stream for stream in (process.stdout, process.stderr) if stream is not None]
    read: dict[int, bytearray] = {stream.fileno(): bytearray() for stream in streams}
    with selectors.DefaultSelector() as selector:
        for stream in streams:
            selector.register(stream, selectors.EVENT_READ)
        while selector.get_map():
            left = deadline - time.monotonic()
            if left <= 0:
                raise ProgramTimedOut(f"{name} ran longer than {seconds:g} s")
            for key, _ in selector.select(left):
                chunk = os.read(key.fd, 65_536)
                read[key.fd] += chunk
                if not chunk:
                    selector.unregister(key.fileobj)
                if sum(map(len, read.values())) > most_bytes:
                    raise ProgramFlooded(f"{name} wrote more than {most_bytes} bytes")
    out, err = (bytes(read[stream.fileno()]) for stream in streams)
    return out, err


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End the program and all that it started. A group that is gone already is what we want."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
