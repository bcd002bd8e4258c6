"""How did Windows Server Backup's last run end? 0 well, 1 only in part, 2 failed."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard

_UNSAID = ("its last run ended well", "its last run ended with a warning", "its last run failed")


def _sentence(seen: Seen) -> str:
    last = next((item.detail for item in seen.reading.items if item.name == "last run"), "")
    return last or _UNSAID[min(max(int(seen.value), 0), len(_UNSAID) - 1)]


CHECK = Check(
    name=CheckName("windows_backup_result"),
    family=Family.BACKUP,
    title="Windows backup result",
    question="Did the last backup end well?",
    unit=Unit.COUNT,
    standard=Standard(
        1,
        2,
        Bad.ABOVE,
        "Microsoft: both results of Get-WBSummary are 0 where all went well",
    ),
    sentence=_sentence,
    ran="not run by us, and the agent runs on no Windows yet; answers as Microsoft documents Get-WBSummary",
    needs="the rights of an administrator or a backup operator",
    advice="Look at `Get-WBJob -Previous 1` and into the event log Microsoft-Windows-Backup, then run it again.",
    impact=Impact.AT_RISK,
)
