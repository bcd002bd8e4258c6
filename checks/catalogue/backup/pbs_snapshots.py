"""Is there a recent snapshot of each group? When the newest one on a Proxmox Backup Server was made."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return "has no backup at all" if seen.reading.value is None else f"newest backup {wording.duration(seen.age)} old"


CHECK = Check(
    name=CheckName("pbs_snapshots"),
    family=Family.BACKUP,
    title="Proxmox Backup",
    question="Is the newest backup recent enough?",
    unit=Unit.SINCE,
    standard=Standard(
        26 * 3600, 50 * 3600, Bad.ABOVE, "our default for a nightly backup: one may be late, two may not"
    ),
    sentence=_sentence,
    ran="not run by us; `snapshot list` as the documentation of Proxmox Backup has it",
    needs="a token of the server that may audit the datastore, its secret in a file that the agent may read",
    advice="Look at the group and the job that fills it in the server's web interface; remove what is gone.",
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
)
