"""`watchbill-agent restore-test JOB`: keeps that a restore was tried, how long it took, what was looked at, and how."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from agent.sources.jobs import MOST_SAID, Run, is_name, keep
from agent.wrapping import wrap
from checks.reading import Instant
from checks.text import clean

USAGE, NOT_KEPT = 2, 3


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says of a restore that they tried by hand."""

    minutes: int = 0
    """How long it took."""
    checked: str = ""
    """What was restored and looked at, or how it went wrong."""
    failed: bool = False


def prove(folder: Path, job: str, command: Sequence[str], told: Told, clock: Callable[[], Instant]) -> int:
    """Keep a restore test: the command's, run now, or else what is told. Its exit code; 2, 3: not kept."""
    if command:
        return wrap(folder, job, command[1:] if command[0] == "--" else command, clock)
    if not is_name(job):
        return _fail(USAGE, "name the job in small letters, digits, `.`, `_` and `-`")
    ended = clock()
    said = clean(told.checked.strip(), MOST_SAID)
    test = Run(job, ended - 60 * told.minutes, os.getpid(), ended, int(told.failed), said)
    try:
        keep(folder, test)
    except OSError as error:
        return _fail(NOT_KEPT, f"this test of {job} is not kept in {folder}: {error.strerror}")
    return 0


def _fail(code: int, words: str) -> int:
    sys.stderr.write(f"watchbill-agent: {words}\n")
    return code
