"""Time Machine, by what macOS wrote down (com.apple.TimeMachine.plist): `tmutil` ends with 0 without any backup.

Each of `Destinations` has `SnapshotDates` (UTC, without saying so) and `RESULT`, 0 where the last run ended well
(seen in the property lists that tmutil(8) and others read). Needs Full Disk Access.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

from agent.looking import Look
from agent.sources.logs import NotTold, not_read
from agent.sources.sessions import Session

_NOTES = "Library/Preferences/com.apple.TimeMachine.plist"


def sessions(root: Path) -> list[Session]:
    """The backups of each destination, the last with how it went; empty without Time Machine. Raises NotTold."""
    if not (root / _NOTES).exists():
        return []
    try:
        return [one for destination in _notes(root)["Destinations"] for one in _sessions(destination)]
    except (KeyError, TypeError, AttributeError) as error:
        raise NotTold(f"/{_NOTES} holds no destination that anybody understands") from error


def fingerprint(at: Look) -> str:
    """Changes whenever Time Machine notes something; empty where it is not used."""
    try:
        return str((at.root / _NOTES).stat().st_mtime_ns)
    except OSError as error:
        return str(error.errno)


def _sessions(destination: dict[str, Any]) -> Iterator[Session]:
    name = str(destination.get("LastKnownVolumeName") or destination["DestinationID"])
    dates = sorted(int(one.replace(tzinfo=UTC).timestamp()) for one in destination.get("SnapshotDates", []))
    result = int(destination.get("RESULT", 0))
    for at in dates[:-1]:
        yield Session(name, at, is_copy=True, is_well=True)
    last, is_over = (dates[-1] if dates else 0), bool(dates or result)
    yield Session(name, last, is_over, is_copy=bool(dates), is_well=not result, said=f"result {result}")


def _notes(root: Path) -> dict[str, Any]:
    import plistlib
    from xml.parsers.expat import ExpatError

    try:
        with (root / _NOTES).open("rb") as file:
            told = plistlib.load(file)
    except OSError as error:
        raise not_read(error) from error
    except (ValueError, TypeError, LookupError, AttributeError, ExpatError) as error:
        raise NotTold(f"/{_NOTES} holds what nobody understands: {error}") from error
    return told if isinstance(told, dict) else {}
