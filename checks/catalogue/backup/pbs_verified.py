"""Was a backup verified lately? When a snapshot of a group in a Proxmox Backup Server was last found well."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard

_DAY = 86_400


def _sentence(seen: Seen) -> str:
    if seen.reading.value is None:
        return "no snapshot was verified and found well"
    return f"last verified, and found well, {wording.duration(seen.age)} ago"


CHECK = Check(
    name=CheckName("pbs_verified"),
    family=Family.BACKUP,
    title="PBS verified",
    question="Was a snapshot of the group verified lately, and found well?",
    unit=Unit.SINCE,
    standard=Standard(
        35 * _DAY, 70 * _DAY, Bad.ABOVE, "our default: verified every month; one may be late, two may not"
    ),
    sentence=_sentence,
    ran="not run by us; answers written as Proxmox documents the API of its Backup Server",
    needs="proxmox-backup-client, and a token that may audit the datastore, in a file that its user may read",
    advice="Give the datastore a verify job on its server, and let it verify new snapshots too.",
    impact=Impact.AT_RISK,
    none_means=Status.WATCH,
    is_of_proof=True,
)
