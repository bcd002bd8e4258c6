"""Is there a recent backup? When Windows Server Backup made its newest good one."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return "has no backup at all" if seen.reading.value is None else f"newest backup {wording.duration(seen.age)} old"


CHECK = Check(
    name=CheckName("windows_backup"),
    family=Family.BACKUP,
    title="Windows Backup",
    question="Is the newest backup recent enough?",
    unit=Unit.SINCE,
    standard=Standard(
        26 * 3600, 50 * 3600, Bad.ABOVE, "our default for a nightly backup: one may be late, two may not"
    ),
    sentence=_sentence,
    ran="not run by us; Get-WBSummary as Microsoft documents it",
    needs="to be an administrator or a backup operator",
    advice="Read its log (Event Viewer, Microsoft-Windows-Backup); see that the target is connected and has room.",
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
)
