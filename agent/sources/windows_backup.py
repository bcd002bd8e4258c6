"""Windows Server Backup's own summary, asked with Get-WBSummary of its PowerShell module."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from agent.looking import Look
from agent.sources import powershell
from agent.sources.logs import NotTold
from checks.reading import Instant

_MODULE = "Windows/System32/WindowsPowerShell/v1.0/Modules/WindowsServerBackup"
_SCRIPT = """
function At($time) { if ($time) { $time.ToUniversalTime().ToString('o') } }
$s = Get-WBSummary
ConvertTo-Json -Compress -InputObject @{
  good = At $s.LastSuccessfulBackupTime; last = At $s.LastBackupTime; result = $s.LastBackupResultHR
  detail = $s.LastBackupResultDetailedHR; message = $s.DetailedMessage; target = $s.LastSuccessfulBackupTargetLabel }
"""


@dataclass(frozen=True, slots=True)
class Summary:
    """What is told of the backups of this server."""

    good: Instant | None
    """When the newest good one was made; None where there never was one."""
    target: str
    last: Instant | None
    """When the last one was tried; None where none ever was."""
    result: int
    """The HRESULT of it: 0 where it went well."""
    detail: int
    """The HRESULT of its parts: not 0 where some of them did not."""
    message: str


def is_here(root: Path) -> bool:
    """Whether the feature is installed: only then is there such a module."""
    return (root / _MODULE).is_dir()


def summary() -> Summary:
    """The summary. Raises NotTold."""
    said = powershell.ask(_SCRIPT)
    try:
        if not isinstance(said, dict):
            raise TypeError("no object")
        good, last = powershell.instant(said["good"]), powershell.instant(said["last"])
        result, detail = int(said["result"] or 0), int(said["detail"] or 0)
        return Summary(good, str(said["target"] or ""), last, result, detail, str(said["message"] or ""))
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise NotTold(f"Get-WBSummary said what nobody understands: {error}") from error


def quarter(at: Look) -> str:
    """Nothing cheap tells that a backup ended."""
    return f"{at.now // 900}" if is_here(at.root) else "not here"
