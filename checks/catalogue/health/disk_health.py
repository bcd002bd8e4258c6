"""Does the disk say that it fails? How many of its own verdict and its critical warnings are bad (SMART)."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    if not seen.value:
        return "the disk says that it is well"
    return "the disk says: " + "; ".join(item.name for item in seen.reading.items[:3])


CHECK = Check(
    name=CheckName("disk_health"),
    family=Family.HEALTH,
    title="disk's word",
    question="Does the disk say that it fails?",
    unit=Unit.COUNT,
    standard=Standard(
        None,
        1,
        Bad.ABOVE,
        "smartctl(8): a disk that fails its own test has failed or will within a day; NVM Express: critical warnings",
    ),
    sentence=_sentence,
    ran="not run by us on a disk with SMART: smartctl was asked of a virtual one; samples in its documented shape",
    needs="root, through its helper (docs/root-helper.md); the agent reads what that wrote",
    advice="See that today's backup is good, then replace the disk; it needs root's helper to be seen (`agent.root`).",
)
