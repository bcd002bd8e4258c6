"""Is there a recent restore point? When the newest archive of a borg repository was begun."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return (
        f"newest archive {wording.duration(seen.age)} old"
        if seen.reading.value is not None
        else "has no archive at all"
    )


CHECK = Check(
    name=CheckName("borg_archives"),
    family=Family.BACKUP,
    title="borg",
    question="Is the newest archive recent enough?",
    unit=Unit.SINCE,
    standard=Standard(
        26 * 3600, 50 * 3600, Bad.ABOVE, "our default for a nightly backup: one may be late, two may not"
    ),
    sentence=_sentence,
    ran="real borg: encrypted, locked, damaged, missing",
    needs="the repository, and a password file where it is encrypted",
    advice="Read the backup job's log, run it again, then restore a sample; an archive proves nothing until then.",
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
)
