"""Is there a recent restore point? When the newest good pgBackRest backup of a stanza ended."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    faults = [item.detail for item in seen.reading.items if item.name == "fault"]
    newest = f"newest backup {wording.duration(seen.age)} old"
    return "; ".join(["has no good backup at all" if seen.reading.value is None else newest, *faults])


CHECK = Check(
    name=CheckName("pgbackrest_backups"),
    family=Family.BACKUP,
    title="pgbackrest",
    question="Is the newest database backup recent enough?",
    unit=Unit.SINCE,
    standard=Standard(
        26 * 3600, 50 * 3600, Bad.ABOVE, "our default for a nightly backup: one may be late, two may not"
    ),
    sentence=_sentence,
    ran="real pgBackRest with a real PostgreSQL: never, good, late, damaged",
    needs="to run pgbackrest: its configuration and its repository",
    advice="Run `pgbackrest check` and read its log, run the backup again, then restore into another folder.",
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
)
