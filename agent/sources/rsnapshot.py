"""Rsnapshot's configuration and log, read and never run: no lock, no password.

A run that failed touches its newest folder like one that went well, so the folder's time proves nothing (seen with
1.4.5): a snapshot is whole where the log says so.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from agent.sources import logs
from agent.sources.logs import Ended, NotTold, not_read
from checks.reading import Instant

_CONF = "etc/rsnapshot.conf"
_LINE = re.compile(r"\[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\] (.*)")
_RUN = re.compile(r"\S*rsnapshot (?:.* )?(\S+): (started|completed successfully|ERROR: .*|completed, .*)")


_WELL = ("completed successfully", "completed, but with some warnings")


@dataclass(frozen=True, slots=True)
class Kept:
    """What is configured."""

    root: Path
    interval: str
    """The first one, which alone copies; the others turn what it made."""
    log: Path


def kept(root: Path) -> Kept | None:
    """What is configured; None where rsnapshot is not, or was never used. Raises NotTold."""
    try:
        if not (root / _CONF).is_file():
            return None
        rows = [line.split("\t") for line in (root / _CONF).read_text("utf-8", "replace").splitlines()]
    except OSError as error:
        raise not_read(error) from error
    words = {row[0]: row[-1].strip() for row in rows if len(row) > 1 and row[0] in ("snapshot_root", "logfile")}
    first = next((row for row in rows if row[0] in ("retain", "interval")), [])
    intervals = [word for word in first[1:] if word]
    if "snapshot_root" not in words or not intervals:
        raise NotTold(f"/{_CONF} names no snapshot_root and interval, with tabs between")
    log = root / words.get("logfile", "/var/log/rsnapshot").lstrip("/")
    found = Kept(root / words["snapshot_root"].lstrip("/"), intervals[0], log)
    return found if _is_used(found) else None


def _is_used(found: Kept) -> bool:
    """Whether it ever ran: Debian's package brings a configuration and an empty root."""
    try:
        return found.log.exists() or (found.root.is_dir() and any(found.root.iterdir()))
    except OSError as error:
        raise not_read(error) from error


def last_runs(found: Kept) -> list[Ended]:
    """The runs in the log's end and in the log before it, oldest first. Raises NotTold, also if they tell of none."""
    runs = list(_runs(found.interval, logs.text(found.log)))
    if not runs and has_newest(found):
        raise NotTold(f"{found.log} tells of no run; set logfile in /{_CONF}, and keep it longer")
    return runs


def has_newest(found: Kept) -> bool:
    """Whether the newest snapshot's folder is there. Raises NotTold."""
    try:
        return (found.root / f"{found.interval}.0").is_dir()
    except OSError as error:
        raise not_read(error) from error


def _runs(interval: str, text: str) -> Iterator[Ended]:
    current: Ended | None = None
    for line in text.splitlines():
        told = _LINE.match(line)
        run = _RUN.match(told[2]) if told else None
        if told is None or run is None or run[1].rstrip(":") != interval:
            continue
        at, what = _instant(told[1]), run[2]
        if what == "started":
            if current is not None:
                yield current
            current = Ended(at)
        elif current is not None:
            current = _after(current, at, what)
    if current is not None:
        yield current


def _after(run: Ended, at: Instant, what: str) -> Ended:
    if what in _WELL:  # one that found another at work ends at once; what ends after it is the other
        return Ended(run.started, at, "" if run.error.startswith("Lockfile") else run.error)
    return Ended(run.started, at, run.error or what.removeprefix("ERROR: "))


def _instant(text: str) -> Instant:
    """The log has local time without an offset."""
    return int(time.mktime(time.strptime(text, "%Y-%m-%dT%H:%M:%S")))
