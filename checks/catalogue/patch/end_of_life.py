"""How long is the system still looked after? Seconds until its maker's security support ends."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    name = ", ".join(item.name for item in seen.reading.items)
    if seen.value <= 0:
        return f"{name} gets no security updates since {wording.duration(seen.value)}"
    return f"{name} is looked after for {wording.duration(seen.value)} more"


CHECK = Check(
    name=CheckName("end_of_life"),
    family=Family.PATCH,
    title="life end",
    question="How long is the system still looked after?",
    unit=Unit.SECONDS,
    standard=Standard(180 * 86_400, 0, Bad.BELOW, "the maker's published date; half a year to plan"),
    sentence=_sentence,
    ran="the system's own os-release, beside a dated file of ours",
    advice="Plan the upgrade: after that day holes stay open.",
    impact=Impact.AT_RISK,
)
