"""Is there a recent backup of each guest? When Proxmox VE began its newest one that ended, with warnings or without."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return "has no backup at all" if seen.reading.value is None else f"newest backup {wording.duration(seen.age)} old"


CHECK = Check(
    name=CheckName("vzdump_backups"),
    family=Family.BACKUP,
    title="Proxmox VE",
    question="Is the newest backup recent enough?",
    unit=Unit.SINCE,
    standard=Standard(
        26 * 3600, 50 * 3600, Bad.ABOVE, "our default for a nightly backup: one may be late, two may not"
    ),
    sentence=_sentence,
    ran="not run by us; the index of tasks as Proxmox VE's documentation and source have it",
    needs="to read /var/log/pve/tasks, which root and www-data may",
    advice="Read the task's log in the node's web interface; see that the storage has room and keeps what it should.",
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
)
