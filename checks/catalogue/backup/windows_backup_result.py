"""How did the last run of Windows Server Backup end? 0 well, 1 otherwise."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    last = next((item.detail for item in seen.reading.items if item.name == "last run"), "")
    return last or ("its last run ended otherwise than well" if seen.value else "its last run ended well")


CHECK = Check(
    name=CheckName("windows_backup_result"),
    family=Family.BACKUP,
    title="Windows Backup result",
    question="Did the last backup end well?",
    unit=Unit.COUNT,
    standard=Standard(None, 1, Bad.ABOVE, "Microsoft: LastBackupResultHR is 0 where the last run ended well"),
    sentence=_sentence,
    ran="not run by us; Get-WBSummary as Microsoft documents it",
    needs="to be an administrator or a backup operator",
    advice="`Get-WBJob -Previous 1` names the cause; mend it and start the backup by hand.",
    impact=Impact.AT_RISK,
)
