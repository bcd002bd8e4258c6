"""How the last backup of Windows Server Backup ended."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, windows_backup
from agent.sources.windows_backup import Summary
from checks.reading import CheckName, Item, Reading


def look(at: Look) -> Looked:
    """0 where it went well, 1 where parts of it did not, 2 where it failed; nothing where none was ever tried."""
    if not windows_backup.is_here(at.root):
        return
    try:
        said = windows_backup.summary()
    except logs.NotTold as error:
        yield logs.gap(at, "windows_backup_result", error)
        return
    if said.last is not None:
        value = 2.0 if said.result else 1.0 if said.detail else 0.0
        items = (Item("last run", _words(said), said.last),)
        yield Reading(CheckName("windows_backup_result"), "", value, at.now, at.next_look, items)


def _words(said: Summary) -> str:
    if not said.result and not said.detail:
        return "its last run ended well"
    code = f"0x{(said.result or said.detail) & 0xFFFF_FFFF:08X}"
    why = f"{' '.join(said.message.split())[:200]} ({code})" if said.message else code
    return f"its last run failed: {why}" if said.result else f"its last run ended well only in part: {why}"


PROBE = Probe(CheckName("windows_backup_result"), look, windows_backup.quarter, seconds=70)
