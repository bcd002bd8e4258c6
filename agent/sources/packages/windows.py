"""Windows Update, through its COM interface from PowerShell, by what the machine knows already (`Online` off).

https://learn.microsoft.com/windows/win32/wua_sdk/ documents the session, the searcher and the fields of an update.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from agent.looking import Look
from agent.sources import powershell
from agent.sources.logs import NotTold
from agent.sources.packages.updates import SECONDS, Manager, Update, UpdatesSilent
from checks.reading import Instant

_ASK = """
$searcher = (New-Object -ComObject Microsoft.Update.Session).CreateUpdateSearcher()
$searcher.Online = $false
$last = (New-Object -ComObject Microsoft.Update.AutoUpdate).Results.LastSearchSuccessDate
@{
  searched = if ($last) { $last.ToString('s') + 'Z' } else { '' }
  updates = @($searcher.Search('IsInstalled=0 and IsHidden=0').Updates | ForEach-Object { @{
    title = $_.Title; kb = @($_.KBArticleIDs); severity = "$($_.MsrcSeverity)"
    since = $_.LastDeploymentChangeTime.ToString('s') + 'Z'
    kinds = @($_.Categories | ForEach-Object { $_.CategoryID })
  } })
} | ConvertTo-Json -Depth 4 -Compress
"""
"""Windows Update keeps both instants in UTC."""
_SECURITY = "0fa1201d-4330-4fa8-8ae9-b877473b6441"
"""The classification Security Updates."""
_SEVERITIES = {"Critical": "critical", "Important": "high", "Moderate": "moderate", "Low": "low"}
_SEARCHED = "windows update searched"


def _waiting(at: Look) -> Iterator[Update]:
    try:
        told: Any = powershell.ask(_ASK, SECONDS)
        at.memory.keep(_SEARCHED, _instant(told["searched"]) if told["searched"] else None)
        for one in told["updates"]:
            yield _update(one)
    except NotTold as error:
        raise UpdatesSilent(str(error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise UpdatesSilent(f"Windows Update said what nobody understands: {error}") from error


def _update(one: dict[str, Any]) -> Update:
    """Named by its article, which stays where its title is translated."""
    title = str(one["title"])
    name, words = (f"KB{one['kb'][0]}", title) if one["kb"] else (title, "")
    severity = _SEVERITIES.get(str(one["severity"]), "")
    is_security = bool(severity) or _SECURITY in {str(kind).lower() for kind in one["kinds"]}
    return Update(name, words, since=_instant(one["since"]), severity=severity, is_security=is_security)


def _refreshed_at(at: Look) -> Instant | None:
    """As it said when it was last asked what waits."""
    kept = at.memory.recall(_SEARCHED)
    return kept if isinstance(kept, int) else None


def _instant(text: str) -> Instant:
    return int(datetime.fromisoformat(text).timestamp())


WINDOWS = Manager(
    "windows",
    is_here=lambda _: platform.system() == "Windows",
    fingerprint=lambda at: f"{at.now // 3600}",  # nothing cheap tells that something was installed
    waiting=_waiting,
    refreshed_at=_refreshed_at,
)
