"""Are the snapshots sound? How many a Proxmox Backup Server found damaged when it verified them."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    unproven = next((item.detail for item in seen.reading.items if item.name == "unproven"), "")
    if seen.reading.value is None:
        return "no snapshot was ever verified"
    bad = wording.counted(seen.value, "snapshot is damaged", "snapshots are damaged")
    return f"{bad}; {unproven}" if unproven else bad


CHECK = Check(
    name=CheckName("pbs_verified"),
    family=Family.BACKUP,
    title="Proxmox verified",
    question="Are the snapshots sound?",
    unit=Unit.COUNT,
    standard=Standard(None, 1, Bad.ABOVE, "Proxmox Backup: a snapshot that failed its verification cannot be restored"),
    sentence=_sentence,
    ran="not run by us; `snapshot list` as the documentation of Proxmox Backup has it",
    needs="what pbs_snapshots needs",
    advice="Set up a verify job in the server; back up again what is damaged, and look for the disk that did it.",
    impact=Impact.AT_RISK,
    none_means=Status.WATCH,
)
