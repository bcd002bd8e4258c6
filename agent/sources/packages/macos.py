"""Apple's software updates, by what macOS wrote down when it looked itself: nothing is run, nobody is asked."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from agent.looking import Look
from agent.sources.packages.updates import Manager, Update, UpdatesSilent, prints
from checks.reading import Instant

_NOTES = "Library/Preferences/com.apple.SoftwareUpdate.plist"
_SECURITY = ("macos", "security", "safari", "xprotect", "rapid")
"""What Apple's security releases come as (https://support.apple.com/100100): of the system, of Safari, or alone."""


def _waiting(at: Look) -> Iterator[Update]:
    found = _notes(at).get("RecommendedUpdates", [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise UpdatesSilent(f"/{_NOTES} holds what nobody understands")
    for one in found:
        title = str(one.get("Display Name") or one.get("Identifier") or "an update")
        version = str(one.get("Display Version", ""))
        yield Update(title, version, is_security=any(word in title.lower() for word in _SECURITY))


def _refreshed_at(at: Look) -> Instant | None:
    """Plists keep UTC, without saying so."""
    try:
        when = _notes(at).get("LastSuccessfulDate")
    except UpdatesSilent:
        return None
    return int(when.replace(tzinfo=UTC).timestamp()) if isinstance(when, datetime) else None


def _notes(at: Look) -> dict[str, Any]:
    import plistlib
    from xml.parsers.expat import ExpatError

    try:
        with (at.root / _NOTES).open("rb") as file:
            told = plistlib.load(file)
    except OSError as error:
        raise UpdatesSilent(f"cannot read /{_NOTES}: {error.strerror}") from error
    except (ValueError, TypeError, LookupError, AttributeError, ExpatError) as error:
        raise UpdatesSilent(f"/{_NOTES} holds what nobody understands: {error}") from error
    return told if isinstance(told, dict) else {}


MACOS = Manager(
    "softwareupdate",
    is_here=lambda at: platform.system() == "Darwin" or (at.root / _NOTES).exists(),
    fingerprint=lambda at: prints(at, _NOTES),
    waiting=_waiting,
    refreshed_at=_refreshed_at,
)
