"""Is there a recent restore point? When Veeam Agent began its newest run that made one, with warnings or without."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return "has no backup at all" if seen.reading.value is None else f"newest backup {wording.duration(seen.age)} old"


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
    ran="not run by us; `veeamconfig session list` as its user guide shows it, event 190 as Windows logs it",
    needs="to be in the group veeam (Linux), or to read the log Veeam Agent (Windows)",
    advice="Read the session's log (`veeamconfig session log --id …`); see that the target is reached and has room.",
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
)
