"""How long has it been up? Seconds since it was started."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return f"up for {wording.duration(seen.value)}"


CHECK = Check(
    name=CheckName("uptime"),
    family=Family.HEALTH,
    title="uptime",
    question="How long has it been up?",
    unit=Unit.SECONDS,
    standard=Standard(
        365 * 86_400, None, Bad.ABOVE, "our default: a year without a restart is a year without kernel updates"
    ),
    sentence=_sentence,
    ran="read on real Linux machines",
    advice="Plan a restart: nobody knows whether it comes up again.",
    impact=Impact.AT_RISK,
)
