"""Is there a recent restore point? When duplicity's newest set that can be restored from was begun."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    fault = next((item.detail for item in seen.reading.items if item.name == "fault"), "")
    if seen.reading.value is None:
        return f"has nothing to restore from; {fault}" if fault else "has no backup at all"
    return f"newest restore point {wording.duration(seen.age)} old" + (f"; {fault}" if fault else "")


CHECK = Check(
    name=CheckName("duplicity_backups"),
    family=Family.BACKUP,
    title="duplicity",
    question="Is the newest restore point recent enough?",
    unit=Unit.SINCE,
    standard=Standard(
        26 * 3600, 50 * 3600, Bad.ABOVE, "our default for a nightly backup: one may be late, two may not"
    ),
    sentence=_sentence,
    ran="real duplicity 0.8: plain and encrypted, full and incremental, late, killed, empty, volumes lost",
    needs="to list the target's folder, on this machine or mounted; no passphrase",
    advice="Run the backup again, then `duplicity verify`; a chain with a lost volume needs a new full backup.",
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
)
