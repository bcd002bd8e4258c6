"""Is the repository sound? 0 where restic's own check found no error, 1 where it did."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return "restic found errors in the repository" if seen.value else "restic found no errors"


CHECK = Check(
    name=CheckName("restic_check"),
    family=Family.BACKUP,
    title="restic check",
    question="Is the backup repository sound?",
    unit=Unit.COUNT,
    standard=Standard(None, 1, Bad.ABOVE, "restic: check reports errors"),
    sentence=_sentence,
    ran="real restic, Debian's and the newest: good, locked, damaged, unreachable",
    needs="a password file that its user may read, and the repository",
    advice="Do not prune; copy the repository, then follow restic's repair guide and make a new full backup.",
    impact=Impact.AT_RISK,
)
