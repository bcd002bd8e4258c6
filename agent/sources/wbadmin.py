"""Windows Server Backup, by `Get-WBSummary` of its PowerShell module; an administrator's or a backup operator's to ask.

https://learn.microsoft.com/powershell/module/windowsserverbackup/get-wbsummary: a time of the year 1 says never.
"""

from __future__ import annotations

import json
import platform

from agent.looking import Look
from agent.programs import ProgramError, run
from agent.sources.logs import NotTold
from agent.sources.sessions import Session

_ASK = """
[Console]::OutputEncoding = [Text.Encoding]::UTF8
$ErrorActionPreference = 'Stop'
if (-not (Get-Command Get-WBSummary -ErrorAction SilentlyContinue)) { 'null'; exit 0 }
$told = Get-WBSummary
function At($when) { if ($when -and $when.Year -gt 1) { [DateTimeOffset]::new($when).ToUnixTimeSeconds() } else { 0 } }
ConvertTo-Json -Compress @{
  good = At $told.LastSuccessfulBackupTime; last = At $told.LastBackupTime; result = $told.LastBackupResultHR
  detail = "$($told.DetailedMessage)"; target = "$($told.LastBackupTarget)"
}
"""


def sessions(_: Look) -> list[Session]:
    """The last good backup, and the last run where that is another; empty where the feature is not installed."""
    if platform.system() != "Windows":
        return []
    try:
        ran = run(["powershell.exe", "-NoProfile", "-NonInteractive", "-Command", _ASK], seconds=60)
        if ran.status:
            said = " ".join((ran.err or ran.out).split())[:200]
            raise NotTold(f"Get-WBSummary failed: {said}", is_denied="denied" in said.lower())
        told = json.loads(ran.out)
        if told is None:
            return []
        good, last, result = int(told["good"]), int(told["last"]), int(told["result"])
    except ProgramError as error:
        raise NotTold(str(error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise NotTold(f"Get-WBSummary said what nobody understands: {error}") from error
    said = str(told.get("detail") or f"result 0x{result & 0xFFFFFFFF:08X}")
    made = [Session("", good, is_copy=True, is_well=True, said=str(told.get("target", "")))] if good else []
    is_other = last > good or not good
    return [*made, *([Session("", last, is_over=last > 0, said=said)] if is_other else [])]


def hour(at: Look) -> str:
    """Nothing cheap tells that a backup was made."""
    return f"{at.now // 3600}" if platform.system() == "Windows" else ""
