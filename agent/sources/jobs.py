"""The runs of jobs that `watchbill-agent wrap` keeps: one small file a run, the newest few of each job."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from agent.homes import write_whole
from checks.reading import Instant

MOST_RUNS = 20
MOST_JOBS = 100
MOST_SAID = 300
"""Characters of what a job said last."""
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


class Run(Struct, frozen=True, omit_defaults=True):
    """One run of one job."""

    job: str
    started: Instant
    pid: int
    ended: Instant | None = None
    status: int | None = None
    """Its exit code; 128 and the signal's number where one ended it; None while it runs, or if nobody saw its end."""
    said: str = ""
    """The last line that it wrote."""


def is_name(name: str) -> bool:
    """Whether a job may be called so: it becomes a folder."""
    return _NAME.fullmatch(name) is not None


def keep(folder: Path, run: Run) -> None:
    """Write a run, over its own earlier state, and let the oldest go. Raises OSError."""
    mine = folder / run.job
    mine.mkdir(parents=True, exist_ok=True, mode=0o755)
    write_whole(mine / f"{run.started}-{run.pid}.json", msgspec.json.encode(run), 0o644)
    for old in sorted(mine.glob("*.json"), key=_order)[:-MOST_RUNS]:
        old.unlink(missing_ok=True)


def runs(folder: Path | None) -> Iterator[tuple[str, list[Run]]]:
    """Every job with its runs, the newest last; what cannot be read of them is left out. Raises OSError.

    None where nobody wrapped any.
    """
    if folder is None or not folder.is_dir():
        return
    jobs = sorted(one for one in folder.iterdir() if one.is_dir() and is_name(one.name))
    for job in jobs[:MOST_JOBS]:
        found = [run for file in sorted(job.glob("*.json"), key=_order) if (run := _read(file)) is not None]
        yield job.name, [one for one in found if one.job == job.name]


def is_running(run: Run) -> bool:
    """Whether a run without an end still runs: its process is there, and as old as it."""
    import psutil

    try:
        return run.ended is None and abs(psutil.Process(run.pid).create_time() - run.started) < 60
    except psutil.Error:
        return False


def _order(file: Path) -> tuple[int, str]:
    started = file.name.partition("-")[0]
    return int(started) if started.isdigit() else 0, file.name


def _read(file: Path) -> Run | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Run)
    except (OSError, msgspec.DecodeError):
        return None
