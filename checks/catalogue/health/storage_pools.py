"""Has each storage pool all of its devices? btrfs devices that are missing; a ZFS pool that is not ONLINE."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    if not seen.value:
        return "all of its devices are there"
    return ", ".join(item.name for item in seen.reading.items[:3]) or "devices are missing"


CHECK = Check(
    name=CheckName("storage_pools"),
    family=Family.HEALTH,
    title="pools",
    question="Has each storage pool all of its devices?",
    unit=Unit.COUNT,
    standard=Standard(
        None, 1, Bad.ABOVE, "zpoolconcepts(7): a pool that is not ONLINE has lost devices or data; btrfs alike"
    ),
    sentence=_sentence,
    ran="a real btrfs on a loop device; ZFS and missing devices not by us, as the kernel's files have them",
    advice="See that the backup is good; `zpool status -x` or `btrfs filesystem show` names the device to replace.",
)
