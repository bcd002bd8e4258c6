"""Does it know what time it is? 0 where the kernel says that its clock is synchronised, 1 where not."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return "the clock is not synchronised" if seen.value else "the clock is synchronised"


CHECK = Check(
    name=CheckName("clock"),
    family=Family.HEALTH,
    title="clock",
    question="Does it know what time it is?",
    unit=Unit.COUNT,
    standard=Standard(1, None, Bad.ABOVE, "kernel: adjtimex(2), STA_UNSYNC"),
    sentence=_sentence,
    ran="read on real Linux machines, whose clocks nobody kept; the kept case by the kernel's documented bits",
    advice="Start a time service (systemd-timesyncd or chrony); logs and certificates need the right time.",
    impact=Impact.AT_RISK,
)
