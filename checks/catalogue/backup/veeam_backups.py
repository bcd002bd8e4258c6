"""Is there a recent restore point? When the newest good session of a job of Veeam Agent ended."""

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
    name=CheckName("veeam_backups"),
    family=Family.BACKUP,
    title="Veeam Agent",
    question="Is the newest backup recent enough?",
    unit=Unit.SINCE,
    standard=Standard(
        26 * 3600, 50 * 3600, Bad.ABOVE, "our default for a nightly backup: one may be late, two may not"
    ),
    sentence=_sentence,
    ran="not run by us, and the agent runs on no Windows yet; table and events written as public scripts read them",
    needs="to run veeamconfig as root or in the group veeam; on Windows to read the event log Veeam Agent",
    advice="Read the session's log (`veeamconfig session log --id ID`), and run the job again.",
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
)
