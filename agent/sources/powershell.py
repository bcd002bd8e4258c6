"""Questions that only Windows' own PowerShell answers, as JSON."""

from __future__ import annotations

import json
from datetime import datetime

from agent.programs import ProgramError, run
from agent.sources.logs import NotTold
from checks.reading import Instant

_PREFACE = "$ErrorActionPreference='Stop'; [Console]::OutputEncoding=[Text.Encoding]::UTF8; "
_DENIED = ("denied", "unauthorized", "elevated", "administrator", "backup operator")


def ask(script: str, seconds: float = 60.0) -> object:
    """What a script that writes JSON answers. Raises NotTold."""
    try:
        ran = run(("powershell.exe", "-NoProfile", "-NonInteractive", "-Command", _PREFACE + script), seconds=seconds)
    except ProgramError as error:
        raise NotTold(str(error)) from error
    if ran.status:
        is_denied = any(sign in ran.err.lower() for sign in _DENIED)
        raise NotTold(f"PowerShell ended with {ran.status}: {' '.join(ran.err.split())[:200]}", is_denied=is_denied)
    try:
        return json.loads(ran.out.removeprefix("\ufeff"))
    except ValueError as error:
        raise NotTold(f"PowerShell said what nobody understands: {error}") from error


def instant(text: object) -> Instant | None:
    """A time in its round-trip format ("o"); None for the year 1, which stands for never. Raises ValueError."""
    if text is None:
        return None
    at = int(datetime.fromisoformat(str(text)).timestamp())
    return at if at > 0 else None
