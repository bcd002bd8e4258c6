"""Does the backup still follow its data? How many of the newest in a row are of one size, to the byte."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    if seen.reading.value is None:
        return "nothing to compare: too few backups, or their size seldom changes"
    if not seen.value:
        return "the size changes from backup to backup"
    alike = "backup has" if seen.value == 1 else f"{seen.value:.0f} backups have"
    told = f"the last {alike} exactly the size of the one before"
    return told if seen.status is Status.OK else f"{told}, and it used to change: new work may not be in them"


CHECK = Check(
    name=CheckName("backup_growth"),
    family=Family.BACKUP,
    title="backup growth",
    question="Does the backup still change with its data?",
    unit=Unit.COUNT,
    standard=Standard(
        7, None, Bad.ABOVE, "our default: a week of nightly backups, so that a quiet weekend or a holiday is none"
    ),
    sentence=_sentence,
    ran="real folders and files, and a real restic that tells sizes (0.17 and later)",
    needs="to list the folder; for restic, what restic_snapshots needs",
    advice="Change a file that people use, run the backup and look for it there: was the data moved or unmounted?",
    impact=Impact.AT_RISK,
)
