"""Is each LVM volume group whole? Disks that it misses, and volumes that are not sound."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    if not seen.value:
        return "all of its disks are there"
    named = ", ".join(item.name for item in seen.reading.items[:3])
    return named or wording.counted(seen.value, "thing is wrong", "things are wrong")


CHECK = Check(
    name=CheckName("volume_groups"),
    family=Family.HEALTH,
    title="LVM",
    question="Is each volume group whole?",
    unit=Unit.COUNT,
    standard=Standard(None, 1, Bad.ABOVE, "lvmreport(7): a missing disk, or a volume whose health is not empty"),
    sentence=_sentence,
    ran="a real volume group on loop devices, whole and with a disk gone; volumes not by us, as lvmreport(7) has them",
    needs="the root helper: docs/root-helper.md",
    advice="See that the backup is good; `vgs -o+missing_pv_count` and `lvs -o+lv_health_status` name what to replace.",
)
