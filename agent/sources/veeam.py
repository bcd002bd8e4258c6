"""The sessions of Veeam Agent: on Linux by the table of `veeamconfig session list`, on Windows by its event log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from agent.looking import Look
from agent.programs import ProgramError, run
from agent.sources import logs, powershell
from agent.sources.logs import NotTold
from checks.reading import Instant
from checks.text import clean

MOST_NAMED = 5
_LINUX = "usr/bin/veeamconfig"
_WINDOWS = "Program Files/Veeam/Endpoint Backup"
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
_ID = re.compile(r"\{[0-9a-fA-F-]{36}\}")
"""Between job and type before it, and state and times after it: when it began, and unless it runs when it ended."""
_HEAD = re.compile(r"Job name\s+Type\s+ID\s+State")
_UNDER_WAY = ("Running", "Working", "Starting", "Stopping", "Pending")
_DENIED = ("permission", "denied", "not permitted", "root privileges")
_SCRIPT = """
try { $found = @(Get-WinEvent -FilterHashtable @{LogName='Veeam Agent'; Id=190} -MaxEvents 200) }
catch { if ($_.FullyQualifiedErrorId -like 'NoMatchingEventsFound*') { $found = @() } else { throw } }
ConvertTo-Json -Compress -InputObject @($found | ForEach-Object {
  @{time=$_.TimeCreated.ToUniversalTime().ToString('o'); level=$_.Level; message=$_.Message} })
"""
_JOB = re.compile(r"Veeam Agent '?(.+?)'? finished with ")
_LEVELS = {2: "Failed", 3: "Warning", 4: "Success"}
"""Of an event of Windows: error, warning, information."""


@dataclass(frozen=True, slots=True)
class Session:
    """One run of a backup job that is over."""

    job: str
    ended: Instant
    state: str
    """`Success`, `Warning`, `Failed` or another word of Veeam's."""

    @property
    def is_good(self) -> bool:
        """Whether it left a restore point."""
        return self.state in ("Success", "Warning")


def is_here(root: Path) -> bool:
    """Whether the agent of either system is installed."""
    return (root / _LINUX).is_file() or (root / _WINDOWS).is_dir()


def sessions(root: Path) -> dict[str, list[Session]]:
    """The sessions of each job that are over, oldest first. Raises NotTold."""
    found: dict[str, list[Session]] = {}
    for one in _listed() if (root / _LINUX).is_file() else _logged():
        found.setdefault(one.job, []).append(one)
    return {job: sorted(runs, key=lambda one: one.ended) for job, runs in sorted(found.items())}


def quarter(at: Look) -> str:
    """Nothing cheap tells that a session ended."""
    return f"{at.now // 900}" if is_here(at.root) else "not here"


def _listed() -> Iterator[Session]:
    try:
        ran = run(("veeamconfig", "session", "list"), seconds=60)
    except ProgramError as error:
        raise NotTold(str(error)) from error
    if ran.status:
        said = " ".join(f"{ran.err} {ran.out}".split())[:200]
        is_denied = any(sign in said.lower() for sign in _DENIED)
        raise NotTold(f"veeamconfig ended with {ran.status}: {said}", is_denied=is_denied)
    if ran.out.strip() and not _HEAD.search(ran.out):
        raise NotTold(f"veeamconfig said what nobody understands: {clean(ran.out.strip(), 100)}")
    for line in ran.out.splitlines():
        if one := _session(line):
            yield one


def _session(row: str) -> Session | None:
    """None of what is no row, is no backup, or goes on."""
    ident = _ID.search(row)
    before, after = (row[: ident.start()].rsplit(None, 1), row[ident.end() :]) if ident else ([], "")
    times = _TIME.findall(after)
    ended = logs.local_instant(times[1], "%Y-%m-%d %H:%M") if len(times) > 1 else None
    if len(before) < 2 or "backup" not in before[1].lower() or ended is None:
        return None
    state = after.partition(times[0])[0].strip()
    return None if state in _UNDER_WAY else Session(clean(before[0].strip(), 100), ended, clean(state, 40))


def _logged() -> Iterator[Session]:
    said = powershell.ask(_SCRIPT)
    try:
        for event in said if isinstance(said, list) else [said]:
            if not isinstance(event, dict):
                raise TypeError("no event")
            job, ended = _JOB.search(str(event["message"])), powershell.instant(event["time"])
            if job and ended is not None:
                yield Session(clean(job[1], 100), ended, _LEVELS.get(event["level"], "unknown"))
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise NotTold(f"the event log said what nobody understands: {error}") from error
