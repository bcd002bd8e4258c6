"""Has a file system met errors? How many it has counted (btrfs, ext4)."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    parts = ", ".join(item.name for item in seen.reading.items[:3]) if seen.value else ""
    return wording.counted(seen.value, "error", "errors") + (f": {parts}" if parts else "")


CHECK = Check(
    name=CheckName("filesystem_errors"),
    family=Family.HEALTH,
    title="file system",
    question="Has a file system met errors?",
    unit=Unit.COUNT,
    standard=Standard(
        None, 1, Bad.ABOVE, "btrfs-device(8): any count above 0 deserves a look; ext4 in the kernel: errors_count"
    ),
    sentence=_sentence,
    ran="a real btrfs with damaged data, and ext4",
    advice="See that the backup is good and look at the disk; then scrub or check it, and set the count back to 0.",
)
