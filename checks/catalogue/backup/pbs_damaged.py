"""Is a backup damaged? How many snapshots of a group in a Proxmox Backup Server failed their verification."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard
from checks.wording import counted


def _sentence(seen: Seen) -> str:
    if not seen.value:
        return "no snapshot failed its verification"
    newest = next((f", the newest of {item.name}" for item in seen.reading.items), "")
    return counted(int(seen.value), "snapshot", "snapshots") + f" failed verification{newest}"


CHECK = Check(
    name=CheckName("pbs_damaged"),
    family=Family.BACKUP,
    title="PBS damaged",
    question="Did a snapshot of the group fail its last verification?",
    unit=Unit.COUNT,
    standard=Standard(None, 1, Bad.ABOVE, "Proxmox Backup Server: verification marks what is damaged as failed"),
    sentence=_sentence,
    ran="not run by us; answers written as Proxmox documents the API of its Backup Server",
    needs="proxmox-backup-client, and a token that may audit the datastore, in a file that its user may read",
    advice="Make a new backup at once: it stores again what is missing. Then look at the disks of the server.",
    impact=Impact.AT_RISK,
)
