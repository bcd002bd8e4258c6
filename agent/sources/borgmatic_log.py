"""The runs of borgmatic, by its log.

Seen with 1.7.7 and 2.1.10: a run ends with `summary:`, at the level of the worst that happened in it; one that only
lists something ends so too. Below level 1 (1.x: `--log-file-verbosity`, 0 by default) failures alone are logged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from agent.looking import Look
from agent.sources import borgmatic, logs
from agent.sources.logs import Ended, NotTold
from checks.reading import Instant

BACKUP, CHECK = "backup", "check"
_LINE = re.compile(r"\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d+\] ([A-Z]+): (.*)")
_CONFIG = re.compile(r"(\S+\.ya?ml): (Successfully|Error|An error) ")
_KINDS = {
    "Creating archive": BACKUP,
    "Starting repository check": CHECK,
    "Starting archive consistency check": CHECK,
}
_FAILED = ("CRITICAL", "ERROR")
_NO_CAUSE = re.compile(r"$|summary:|Need some help|(\S+: )?(An error occurred|Error running |Command )|Starting ")
_COMMAND = re.compile(r"(?:\S+: )?(Command .*)")


@dataclass(slots=True)
class _Run:
    """One run while its lines are read."""

    started: Instant
    ended: Instant | None = None
    is_failed: bool = False
    is_closed: bool = False
    is_checking: bool = False
    """Whether it came to its checks; each of them may have been skipped as not yet due."""
    levels: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    went_well: dict[str, bool] = field(default_factory=dict)
    """Of each configuration."""
    cause: str = ""
    command: str = ""

    def take(self, at: Instant, level: str, said: str) -> None:
        """One more line of it."""
        self.levels.add(level)
        if "dry run" not in said:
            self.kinds |= {kind for sign, kind in _KINDS.items() if sign in said}
        self.is_checking = self.is_checking or said.endswith("Running consistency checks")
        if said == "summary:":
            self.ended, self.is_failed = at, level in _FAILED
        if named := _CONFIG.match(said):
            self.went_well[named[1]] = named[2] == "Successfully"
        self._blame(level, said)

    def _blame(self, level: str, said: str) -> None:
        if level in _FAILED and (command := _COMMAND.match(said)):
            self.command = command[1]
        is_cause = (level in _FAILED and not _NO_CAUSE.match(said)) or said.endswith("errors found.")
        if is_cause and not self.cause:
            self.cause = said
        self.is_closed = self.is_closed or said.startswith("Need some help")

    def goes_on(self, level: str, said: str) -> bool:
        """Whether this line is still of it: after the summary come its configurations, and what failed."""
        if self.ended is None:
            return True
        return not self.is_closed and (level in _FAILED if self.is_failed else _CONFIG.match(said) is not None)


def last_runs(root: Path) -> dict[tuple[str, str], list[Ended]]:
    """The runs of each configuration and kind (BACKUP, CHECK), oldest first. Raises NotTold, also without any."""
    log = borgmatic.log(root)
    runs = list(_runs(logs.text(log)))
    if runs and not any("INFO" in run.levels for run in runs):
        raise NotTold(f"{log} tells of failures alone; let borgmatic log at level 1 (--log-file-verbosity 1)")
    told: dict[tuple[str, str], list[Ended]] = {}
    names = {name for run in runs for name in run.went_well}
    for run in runs:
        unnamed = {next(iter(names)) if len(names) == 1 else "": run.ended is not None and not run.is_failed}
        for name, is_well in (run.went_well or unnamed).items():
            for kind in _kinds(run):
                told.setdefault((name, kind), []).append(_ended(run, is_well=is_well))
    if not told:
        raise NotTold(f"{log} tells of no run; name it as log_file, or by --log-file with --log-file-verbosity 1")
    return told


def fingerprint(at: Look) -> str:
    """Changes when borgmatic logs something, or has not for long; empty where it is not used."""
    try:
        return logs.fingerprint(borgmatic.log(at.root), at.now) if borgmatic.is_used(at.root) else ""
    except NotTold as error:
        return str(error)


def _runs(text: str) -> Iterator[_Run]:
    run: _Run | None = None
    for line in text.splitlines():
        told = _LINE.match(line)
        at = logs.local_instant(told[1], "%Y-%m-%d %H:%M:%S") if told else None
        if told is None or at is None:
            continue
        if run is not None and not run.goes_on(told[2], told[3]):
            yield run
            run = None
        run = run or _Run(at)
        run.take(at, told[2], told[3])
    if run is not None:
        yield run


def _kinds(run: _Run) -> set[str]:
    """What it did: nothing where it was asked something; one that failed before it said is taken for a backup."""
    if run.ended is not None and not run.is_failed:
        return run.kinds
    return set() if "ANSWER" in run.levels else run.kinds or {CHECK if run.is_checking else BACKUP}


def _ended(run: _Run, *, is_well: bool) -> Ended:
    if is_well or run.ended is None:
        return Ended(run.started, run.ended)
    return Ended(run.started, run.ended, run.cause or run.command or "its log does not say why")
