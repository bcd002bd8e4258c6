"""Time Machine's own preferences: its destinations, and when each got a backup. Read and never run.

`tmutil latestbackup` needs the destination mounted, and ends with 0 where there is no backup; the preferences do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agent.sources.logs import NotTold, not_read
from checks.reading import Instant
from checks.text import clean

MOST_NAMED = 5
_FILE = "Library/Preferences/com.apple.TimeMachine.plist"
_MOST_BYTES = 8 << 20


@dataclass(frozen=True, slots=True)
class Destination:
    """One place that backups go to."""

    name: str
    backups: tuple[Instant, ...]
    """When each one that is kept was made, oldest first."""
    faults: tuple[str, ...]


def destinations(root: Path) -> list[Destination]:
    """The destinations; empty where Time Machine is not, or was never set up. Raises NotTold."""
    try:
        with (root / _FILE).open("rb") as file:
            content = file.read(_MOST_BYTES)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise not_read(error) from error
    return _understood(content)


def _understood(content: bytes) -> list[Destination]:
    import plistlib
    from xml.parsers.expat import ExpatError

    try:
        tree = plistlib.loads(content)
        faults = () if tree.get("AutoBackup", True) else ("automatic backups are off",)
        said = tree.get("Destinations", [])
        names = [_name(one) for one in said]
        alike = {name for name in names if names.count(name) > 1}
        return [
            _destination(one, f"{name} {_ident(one)[:8]}" if name in alike else name, faults)
            for one, name in zip(said, names, strict=True)
        ]
    except (ExpatError, ValueError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise NotTold(f"/{_FILE} holds what nobody understands: {error}") from error


def _name(said: dict[str, Any]) -> str:
    return str(said.get("LastKnownVolumeName") or said.get("NetworkURL") or _ident(said))


def _ident(said: dict[str, Any]) -> str:
    """Tells apart disks that take turns under one name."""
    return str(said.get("DestinationID", ""))


def _destination(said: dict[str, Any], name: str, faults: tuple[str, ...]) -> Destination:
    made = sorted(_instant(one) for one in said.get("SnapshotDates", []))
    result = int(said.get("RESULT", 0))
    failed = (f"the last attempt failed (result {result})",) if result else ()
    return Destination(clean(name, 100), tuple(made), (*failed, *faults))


def _instant(date: datetime) -> Instant:
    """A property list has UTC without saying so."""
    return int(date.replace(tzinfo=UTC).timestamp())
