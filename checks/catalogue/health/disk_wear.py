"""Is the disk worn out? The used share of the life that its maker rates it for (NVMe)."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return f"{wording.ratio(seen.value)} of the disk's rated life is used"


CHECK = Check(
    name=CheckName("disk_wear"),
    family=Family.HEALTH,
    title="disk wear",
    question="Is the disk worn out?",
    unit=Unit.RATIO,
    standard=Standard(
        0.8,
        1.0,
        Bad.ABOVE,
        "NVM Express: 100 % used is the end of the rated endurance; 80 % is our default, time to order",
    ),
    sentence=_sentence,
    ran="not run by us on a disk with SMART: samples in the shape that smartctl documents",
    needs="root, through its helper (docs/root-helper.md); the agent reads what that wrote",
    advice="Order its replacement; move what writes most to another disk until then.",
    charted=True,
)
