"""When the newest good backup of Windows Server Backup was made."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, windows_backup
from checks.reading import CheckName, Item, Reading


def look(at: Look) -> Looked:
    """The newest good one; None where there never was one; nothing where the feature is not installed."""
    if not windows_backup.is_here(at.root):
        return
    try:
        said = windows_backup.summary()
    except logs.NotTold as error:
        yield logs.gap(at, "windows_backup", error)
        return
    items = (Item(said.target[:100] or "backup", since=said.good),) if said.good is not None else ()
    value = None if said.good is None else float(said.good)
    yield Reading(CheckName("windows_backup"), "", value, at.now, at.next_look, items)


PROBE = Probe(CheckName("windows_backup"), look, windows_backup.quarter, seconds=70)
