"""The runs of unattended-upgrades (Debian, Ubuntu), by its log, which its group `adm` may read."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from agent.sources import logs
from agent.sources.logs import Ended
from checks.reading import Instant

_SETTINGS = "etc/apt/apt.conf.d"
_ON = re.compile(r'^\s*APT::Periodic::Unattended-Upgrade\s+"(\d+)"', re.MULTILINE)
_LOG = "var/log/unattended-upgrades/unattended-upgrades.log"
_LINE = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d+ ([A-Z]+) (.*)")
_STARTS = "Starting unattended upgrades script"
_ENDS = ("No packages found that can be upgraded", "All upgrades installed", "Installing the upgrades failed")


def is_on(root: Path) -> bool:
    """Whether apt's timer runs it; the last setting holds. Raises NotTold."""
    try:
        files = sorted((root / _SETTINGS).iterdir()) if (root / _SETTINGS).is_dir() else []
        said = [found for file in files if file.is_file() for found in _ON.findall(file.read_text("utf-8", "replace"))]
    except OSError as error:
        raise logs.not_read(error) from error
    return bool(said) and said[-1] != "0"


def runs(root: Path) -> list[Ended]:
    """Its runs, oldest first. Raises NotTold."""
    found: list[Ended] = []
    for line in logs.text(root / _LOG).splitlines():
        told = _LINE.match(line)
        at = logs.local_instant(told[1], "%Y-%m-%d %H:%M:%S") if told else None
        if told is None or at is None:
            continue
        if told[3].startswith(_STARTS):
            found.append(Ended(at))
        elif found:
            found[-1] = _after(found[-1], at, told[2], told[3])
    return found


def _after(run: Ended, at: Instant, level: str, said: str) -> Ended:
    error = run.error or (said if level in ("ERROR", "CRITICAL") else "")
    return replace(run, ended=at if said.startswith(_ENDS) else run.ended, error=error)
