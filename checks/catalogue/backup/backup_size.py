"""Did the backup shrink? The newest restore point's size against the median of the ones before it."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    sizes = [item.detail for item in seen.reading.items[:1]]
    if seen.reading.value is None:
        return "too few backups to compare sizes"
    return f"the newest backup ({', '.join(sizes)}) has {wording.ratio(seen.value)} of the usual size"


CHECK = Check(
    name=CheckName("backup_size"),
    family=Family.BACKUP,
    title="backup size",
    question="Did the newest backup shrink suddenly?",
    unit=Unit.RATIO,
    standard=Standard(0.5, 0.1, Bad.BELOW, "our default: half the usual size is odd, a tenth is a failed dump"),
    sentence=_sentence,
    ran="real folders and files, and a real restic that tells sizes (0.17 and later)",
    needs="to list the folder; for restic, what restic_snapshots needs",
    advice="Open the newest backup and look for what is missing: an empty dump is no backup.",
    impact=Impact.AT_RISK,
    charted=True,
)
