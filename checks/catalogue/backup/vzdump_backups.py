"""Is there a recent restore point? When the newest backup of a guest of Proxmox VE was begun."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    if seen.reading.value is None:
        return "has no backup in any storage of its node"
    return f"newest backup {wording.duration(seen.age)} old"


CHECK = Check(
    name=CheckName("vzdump_backups"),
    family=Family.BACKUP,
    title="Proxmox VE backup",
    question="Is the newest backup of the guest recent enough?",
    unit=Unit.SINCE,
    standard=Standard(
        26 * 3600, 50 * 3600, Bad.ABOVE, "our default for a nightly backup: one may be late, two may not"
    ),
    sentence=_sentence,
    ran="not run by us; archives, guests and storages written as the code of pve-storage and pve-manager has them",
    needs="to read /etc/pve (root, or the group www-data) and the dump folders of its storages",
    advice=(
        "Is the guest in a backup job, and has its storage room? Read the log beside the archives. "
        "What lies in a Proxmox Backup Server is looked at with [[pbs]]."
    ),
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
)
