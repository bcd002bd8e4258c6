"""Is there a recent restore point? When the newest snapshot of a restic repository was made."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    lost = next((item.detail for item in seen.reading.items if item.name == "unreadable"), "")
    if seen.reading.value is None:
        return f"has no snapshot to restore from: {lost}" if lost else "has no snapshot at all"
    return f"newest snapshot {wording.duration(seen.age)} old" + (f"; {lost}" if lost else "")


CHECK = Check(
    name=CheckName("restic_snapshots"),
    family=Family.BACKUP,
    title="restic",
    question="Is the newest restore point recent enough?",
    unit=Unit.SINCE,
    standard=Standard(
        26 * 3600, 50 * 3600, Bad.ABOVE, "our default for a nightly backup: one may be late, two may not"
    ),
    sentence=_sentence,
    ran="real restic, Debian's and the newest: good, late, empty, locked, damaged, unreachable",
    needs="a password file that its user may read, and the repository",
    advice="Read the backup job's log, run it again, then restore a sample.",
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
)
