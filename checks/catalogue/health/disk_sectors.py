"""Has the disk lost places? Sectors that were moved, wait to be, or could not be read; media errors of an NVMe disk."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    parts = ", ".join(item.name for item in seen.reading.items[:3]) if seen.value else ""
    return wording.counted(seen.value, "place of the disk is bad", "places of the disk are bad") + (
        f": {parts}" if parts else ""
    )


CHECK = Check(
    name=CheckName("disk_sectors"),
    family=Family.HEALTH,
    title="bad sectors",
    question="Has the disk lost places?",
    unit=Unit.COUNT,
    standard=Standard(
        1,
        100,
        Bad.ABOVE,
        "our default: smartctl(8) attributes 5, 197 and 198 are 0 on a sound disk; the first deserves a look",
    ),
    sentence=_sentence,
    ran="not run by us on a disk with SMART: samples in the shape that smartctl documents",
    needs="root, through its helper (docs/root-helper.md); the agent reads what that wrote",
    advice="Look whether the number grows; plan the disk's replacement, and see that its backup is good.",
    charted=True,
)
