"""Is there a recent backup file? When the newest file under a watched path was written."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    if seen.reading.value is None:
        return "no file matches"
    name = next((item.name for item in seen.reading.items), "the newest file")
    return f"{name} is {wording.duration(seen.age)} old"


CHECK = Check(
    name=CheckName("newest_file"),
    family=Family.BACKUP,
    title="backup file",
    question="Is the newest backup file recent enough?",
    unit=Unit.SINCE,
    standard=Standard(
        26 * 3600, 50 * 3600, Bad.ABOVE, "our default for a nightly backup: one may be late, two may not"
    ),
    sentence=_sentence,
    ran="real folders and files",
    needs="to list the folder",
    advice="Look at the job that writes it: did it fail, or never run?",
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
)
