"""Is each RAID array whole? How many of its members are missing (Linux software RAID)."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    parts = ", ".join(item.name for item in seen.reading.items[:3])
    state = wording.counted(seen.value, "member is missing", "members are missing") if seen.value else "whole"
    return f"{state}: {parts}" if parts else state


CHECK = Check(
    name=CheckName("raid_arrays"),
    family=Family.HEALTH,
    title="RAID",
    question="Is each RAID array whole?",
    unit=Unit.COUNT,
    standard=Standard(None, 1, Bad.ABOVE, "md(4): a degraded array has lost what it protects with"),
    sentence=_sentence,
    ran="not run by us: the kernel's text as its documentation has it",
    advice="See that the backup is good; find the failed disk with `mdadm --detail`, and replace it.",
)
