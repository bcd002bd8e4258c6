"""Is there a recent restore point? When the newest good backup of Windows Server Backup was made."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    if seen.reading.value is None:
        return "has no good backup at all"
    return f"newest good backup {wording.duration(seen.age)} old"


CHECK = Check(
    name=CheckName("windows_backup"),
    family=Family.BACKUP,
    title="Windows backup",
    question="Is the newest backup recent enough?",
    unit=Unit.SINCE,
    standard=Standard(
        26 * 3600, 50 * 3600, Bad.ABOVE, "our default for a nightly backup: one may be late, two may not"
    ),
    sentence=_sentence,
    ran="not run by us, and the agent runs on no Windows yet; answers as Microsoft documents Get-WBSummary",
    needs="the rights of an administrator or a backup operator",
    advice="Look into the event log Microsoft-Windows-Backup, and whether the target has room; then run it again.",
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
)
