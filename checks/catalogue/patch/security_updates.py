"""How long has the oldest waiting security update been available? Since its publisher says, else since first seen."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    if seen.reading.value is None:
        return "no security update waits"
    count = wording.counted(len(seen.reading.items), "security update waits", "security updates wait")
    return f"{count}, the oldest for {wording.duration(seen.age)}"


CHECK = Check(
    name=CheckName("security_updates"),
    family=Family.PATCH,
    title="security",
    question="How long have security updates been waiting?",
    unit=Unit.SINCE,
    standard=Standard(
        7 * 86_400,
        14 * 86_400,
        Bad.ABOVE,
        "Cyber Essentials: 14 days for high and critical; operating-model: 7 days for critical",
    ),
    sentence=_sentence,
    ran="real apt, dnf 4 and 5 and zypper with local repositories; macOS and Windows not run by us: as documented",
    advice="Install them now, or ask for a waiver with a reason and an end.",
    impact=Impact.AT_RISK,
)
