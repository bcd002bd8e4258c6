"""Veeam Agent: its list of sessions on Linux (`veeamconfig session list`), its event log on Windows.

Veeam Agent for Linux User Guide, "Viewing Session Status"; Veeam Agent for Microsoft Windows writes event 190 at the
end of every backup job. A session with warnings made a restore point. Times are local, without an offset.
"""

from __future__ import annotations

import json
import platform
import re
import time
from collections.abc import Iterator
from pathlib import Path

from agent.looking import Look
from agent.programs import ProgramError, run
from agent.sources.logs import NotTold
from agent.sources.sessions import Session
from checks.reading import Instant

_TOOL = "usr/bin/veeamconfig"
_LINE = re.compile(
    r"(?P<job>\S.*?)\s+(?P<kind>\w+)\s+\{[0-9a-fA-F-]{36}\}\s+(?P<state>\w+)\s+"
    r"(?P<started>\d{4}-\d\d-\d\d \d\d:\d\d)\b.*"
)
_RUNNING = ("Running", "Starting", "Stopping", "Pending")
_COPY = ("Success", "Warning")
_ASK = """
[Console]::OutputEncoding = [Text.Encoding]::UTF8
$found = Get-WinEvent -FilterHashtable @{LogName='Veeam Agent'; Id=190} -MaxEvents 100 -ErrorAction SilentlyContinue
ConvertTo-Json -Compress @($found | ForEach-Object { @{
  at = [DateTimeOffset]::new($_.TimeCreated).ToUnixTimeSeconds(); level = $_.Level; said = "$($_.Message)"
} })
"""
_INFORMATION, _WARNING = 4, 3
"""Levels of Windows' event log; 2 is an error."""
_LOGGED = "Program Files/Veeam/Endpoint Backup"


def sessions(at: Look) -> list[Session]:
    """The backup sessions; empty where Veeam Agent is not here. Raises NotTold."""
    if (at.root / _TOOL).exists():
        return list(_sessions(_ran(["veeamconfig", "session", "list"])))
    if platform.system() == "Windows" and Path("C:/", _LOGGED).exists():
        return list(_events(_ran(["powershell.exe", "-NoProfile", "-NonInteractive", "-Command", _ASK])))
    return []


def quarter(at: Look) -> str:
    """Nothing cheap tells that a session ended: asked every quarter of an hour where Veeam Agent is here."""
    return f"{at.now // 900}" if (at.root / _TOOL).exists() or platform.system() == "Windows" else ""


def _ran(argv: list[str]) -> str:
    try:
        ran = run(argv, seconds=60)
    except ProgramError as error:
        raise NotTold(str(error)) from error
    if ran.status:
        said = " ".join((ran.err or ran.out).split())[:200]
        is_denied = "ermission" in said or "root" in said
        raise NotTold(f"{argv[0]} ended with {ran.status}: {said}", is_denied=is_denied)
    return ran.out


def _sessions(text: str) -> Iterator[Session]:
    for line in text.splitlines():
        found = _LINE.fullmatch(line.strip())
        at = _instant(found["started"]) if found else None
        if found is None or at is None or found["kind"] != "Backup":
            continue
        state = found["state"]
        yield Session(found["job"], at, state not in _RUNNING, state in _COPY, state == _COPY[0], state)


def _events(text: str) -> Iterator[Session]:
    """All of one job: its name stands in words that are translated."""
    try:
        for one in json.loads(text or "[]"):
            level, said = int(one["level"]), str(one["said"])
            is_copy = level in (_INFORMATION, _WARNING)
            yield Session("", int(one["at"]), is_copy=is_copy, is_well=level == _INFORMATION, said=said)
    except (ValueError, KeyError, TypeError) as error:
        raise NotTold(f"the event log said what nobody understands: {error}") from error


def _instant(text: str) -> Instant | None:
    try:
        return int(time.mktime(time.strptime(text, "%Y-%m-%d %H:%M")))
    except (ValueError, OverflowError):
        return None
