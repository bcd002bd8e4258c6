"""`watchbill-agent wrap JOB -- COMMAND…`: runs a job as it is, and keeps when it began and ended, and how.

What it writes passes through, signals reach it, its exit code is ours. Where nothing can be kept it runs all the same.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import structs

from agent.programs import ProgramError, ProgramMissing, run_through
from agent.sources.jobs import MOST_SAID, Run, is_name, keep
from checks.reading import Instant
from checks.text import clean

USAGE, NOT_FOUND, NOT_RUN = 2, 127, 126


def wrap(folder: Path, job: str, command: Sequence[str], clock: Callable[[], Instant]) -> int:
    """Run a job; its exit code, as a shell has it (128 and the signal's number where one ended it)."""
    if not is_name(job) or not command:
        _say("name the job in small letters, digits, `.`, `_` and `-`, then -- and its command")
        return USAGE
    begun = Run(job, clock(), os.getpid())
    _keep(folder, begun)
    status, said = _run(command)
    _keep(folder, structs.replace(begun, ended=clock(), status=status, said=said))
    return status


def _run(command: Sequence[str]) -> tuple[int, str]:
    try:
        ran = run_through(command, 4 * MOST_SAID)
    except ProgramMissing as error:
        _say(str(error))
        return NOT_FOUND, str(error)
    except ProgramError as error:
        _say(str(error))
        return NOT_RUN, str(error)
    return ran.status, _last_line(ran.err if ran.status and ran.err.strip() else ran.out)


def _last_line(tail: str) -> str:
    lines = tail.strip().splitlines()
    return clean(lines[-1].strip(), MOST_SAID) if lines else ""


def _keep(folder: Path, run: Run) -> None:
    try:
        keep(folder, run)
    except OSError as error:
        _say(f"this run of {run.job} is not kept in {folder}: {error.strerror}")


def _say(text: str) -> None:
    sys.stderr.write(f"watchbill-agent: {text}\n")
