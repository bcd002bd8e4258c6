"""What logs of backup programs share: their ends are read, runs end well or with an error, or nobody saw the end."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from agent.looking import Look
from checks.reading import Gap, Instant, Why

_MOST_BYTES = 1 << 20
"""Of a log, its end is read."""
_LONGEST = 86_400
"""Seconds after which a run without an end is taken for killed."""


class NotTold(Exception):
    """What a program leaves behind does not tell: says why, and whether that is a matter of leave."""

    def __init__(self, reason: str, *, is_denied: bool = False) -> None:
        self.is_denied = is_denied
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Ended:
    """One run, as a log has it."""

    started: Instant
    ended: Instant | None = None
    error: str = ""
    """The first error of it; empty where it went well."""


def not_read(error: OSError) -> NotTold:
    """A file or folder that may not, or cannot, be read."""
    return NotTold(f"cannot read {error.filename}: {error.strerror}", is_denied=isinstance(error, PermissionError))


def gap(at: Look, check: str, error: NotTold, subject: str = "") -> Gap:
    """The hole where the reading of this check should be."""
    return at.gap(check, Why.DENIED if error.is_denied else Why.FAILED, str(error), subject)


def text(log: Path, most_bytes: int = _MOST_BYTES) -> str:
    """The ends of the log before it and of the log itself; empty where neither is there. Raises NotTold."""
    try:
        return "".join(_tail(one, most_bytes) for one in (log.with_name(f"{log.name}.1"), log) if one.is_file())
    except OSError as error:
        raise not_read(error) from error


def local_instant(text_: str, form: str) -> Instant | None:
    """A local time without an offset, in a form of strptime's; None where it is no time."""
    try:
        return int(time.mktime(time.strptime(text_, form)))
    except (ValueError, OverflowError):
        return None


def fingerprint(log: Path, now: Instant) -> str:
    """Changes when something is logged, and when nothing was for so long that a run without an end was killed."""
    try:
        written = log.stat()
    except OSError as error:
        return str(error.errno)
    return f"{written.st_mtime_ns} {written.st_size} {'quiet' if now - written.st_mtime > _LONGEST else 'busy'}"


def over(runs: Sequence[Ended], now: Instant) -> Sequence[Ended]:
    """The runs that do not go on, oldest first."""
    return [*runs[:-1], *(run for run in runs[-1:] if run.ended is not None or now - run.started > _LONGEST)]


def _tail(log: Path, most_bytes: int) -> str:
    with log.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - most_bytes))
        return file.read().decode("utf-8", "replace")
