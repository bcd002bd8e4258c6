"""What btrbk did, by its transaction log: no program is run, no target is asked, none of its locks is taken.

A line is time with offset, type, status, where to, where from, parent, and a message (btrbk.conf(5), transaction_log;
seen with 0.32.5). Paths stand as they are, so one with a space is cut out between its two `/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from agent.looking import Look, Looked
from agent.sources import logs
from checks.reading import CheckName, Instant, Item, Reading

_CONFS = ("etc/btrbk.conf", "etc/btrbk/btrbk.conf")
_LOG = re.compile(r"^\s*transaction_log\s+(?:\"([^\"]+)\"|'([^']+)'|(\S.*?))\s*$", re.MULTILINE)
_LINE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}) (\S+) (\S+) (.*)")
_STAMP = re.compile(r"\.\d{8}(T\d{4}(\d\d[+-]\d{4})?)?(_\d+)?(\.btrfs\S*)?$")
"""What btrbk adds to a name: short, long and long-iso, a counter, and what a raw target's file ends in."""
SNAPSHOT = ("snapshot",)
SENT = ("send-receive", "send-to-raw")
_MOST_LOOKED_AT = 20
"""Of what was made in one place: btrbk keeps the newest, whatever its policy."""
_MOST_BYTES = 4 << 20
"""Of a log, its end is read: about twenty thousand lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log: when, what, how it went, and to where (with what follows it, for a person)."""

    at: Instant
    what: str
    status: str
    where: str


@dataclass(frozen=True, slots=True)
class Run:
    """One run: `ended` and `how` are None and empty where the log has no end of it."""

    started: Instant
    ended: Instant | None = None
    how: str = ""
    trouble: str = ""
    """The first thing that went wrong, in btrbk's words."""


def log(root: Path) -> list[Line] | None:
    """The lines of the log's end and of the log before it; None where btrbk is not configured. Raises NotTold."""
    try:
        conf = next((root / one for one in _CONFS if (root / one).is_file()), None)
        if conf is None:
            return None
        named = _LOG.search(conf.read_text("utf-8", "replace"))
        path = next((one for one in named.groups() if one), "no") if named else "no"
        if not path.startswith("/"):
            raise logs.NotTold(f"it keeps no log: set transaction_log in /{conf.relative_to(root)}")
    except OSError as error:
        raise logs.not_read(error) from error
    return list(_lines(logs.text(root / path.lstrip("/"), _MOST_BYTES)))


def look(at: Look, check: str, kinds: tuple[str, ...]) -> Looked:
    """The newest that was made of each `kinds` and is there; None where none is; nothing where btrbk is not used."""
    try:
        for place, made in _places(log(at.root) or [], kinds).items():
            there = next((one for one in reversed(made[-_MOST_LOOKED_AT:]) if _is_there(at.root, one.where)), None)
            if there is None:
                fault = Item("fault", "what was there is gone" if made else "no attempt went well yet")
                yield Reading(CheckName(check), place, None, at.now, at.next_look, (fault,))
            else:
                newest = (Item(there.where, since=there.at),)
                yield Reading(CheckName(check), place, float(there.at), at.now, at.next_look, newest)
    except logs.NotTold as error:
        yield logs.gap(at, check, error)


def runs(lines: list[Line]) -> list[Run]:
    """The runs, oldest first. One that found another at work leaves no line."""
    found: list[Run] = []
    for line in lines:
        if line.what == "startup":
            found.append(Run(line.at))
        elif found:
            found[-1] = _after(found[-1], line)
    return found


def _after(run: Run, line: Line) -> Run:
    if line.what == "finished":
        return Run(run.started, line.at, line.status, run.trouble)
    if line.status in ("ERROR", "ABORT", "SIGINT") and not run.trouble:
        return Run(run.started, run.ended, run.how, f"{line.what} {line.status}: {line.where}")
    return run


def _places(lines: list[Line], kinds: tuple[str, ...]) -> dict[str, list[Line]]:
    """By path without the time that btrbk adds, what was made there; empty where no attempt went well."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        if line.what in kinds and line.status in ("success", "ERROR"):
            path = _first_path(line.where)
            made = found.setdefault(_STAMP.sub("", path), [])
            if line.status == "success":
                made.append(replace(line, where=path))
    return dict(sorted(found.items()))


def _is_there(root: Path, path: str) -> bool:
    """Whether it can be gone back to; of another machine the log is believed. Raises NotTold."""
    try:
        return not path.startswith("/") or (root / path.lstrip("/")).exists()
    except OSError as error:
        raise logs.not_read(error) from error


def _first_path(where: str) -> str:
    """The path that a line names first, spaces and all: another begins with ` /` or ` ssh://`, or ` -` says none."""
    return re.split(r" (?=/|ssh://|- |-$)", where, maxsplit=1)[0]


def _lines(text: str) -> Iterator[Line]:
    for line in text.splitlines():
        said = _LINE.fullmatch(line)
        if said is not None:
            try:
                yield Line(int(datetime.fromisoformat(said[1]).timestamp()), said[2], said[3], said[4])
            except ValueError:
                continue
