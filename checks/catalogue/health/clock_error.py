"""How far may the clock be off? The kernel's greatest error in seconds, while a time service keeps it."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return f"the clock is off by {max(seen.value, 0.001):.3g} s at most"


CHECK = Check(
    name=CheckName("clock_error"),
    family=Family.HEALTH,
    title="clock error",
    question="How far may the clock be off?",
    unit=Unit.SECONDS,
    standard=Standard(
        1,
        None,
        Bad.ABOVE,
        "adjtimex(2): maxerror; our default: beyond a second, lines of two machines' logs cannot be put in order",
    ),
    sentence=_sentence,
    ran="read on real Linux machines, whose clocks nobody kept; the kept case by the kernel's documented fields",
    advice="Look at the time service's sources (`chronyc sources`, `timedatectl timesync-status`); is one near?",
    impact=Impact.AT_RISK,
)
