"""Is there a recent restore point? When the newest snapshot of a group in a Proxmox Backup Server was made."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    if seen.reading.value is None:
        return "has no whole snapshot at all"
    return f"newest snapshot {wording.duration(seen.age)} old"


CHECK = Check(
    name=CheckName("pbs_snapshots"),
    family=Family.BACKUP,
    title="PBS",
    question="Is the newest snapshot of the group recent enough?",
    unit=Unit.SINCE,
    standard=Standard(
        26 * 3600, 50 * 3600, Bad.ABOVE, "our default for a nightly backup: one may be late, two may not"
    ),
    sentence=_sentence,
    ran="not run by us; answers written as Proxmox documents the API of its Backup Server",
    needs="proxmox-backup-client, and a token that may audit the datastore, in a file that its user may read",
    advice="Read the backup's log where it runs; a group of what is no more is to be removed from the datastore.",
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
)
