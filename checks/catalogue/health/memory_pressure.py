"""Does work wait for memory? The share of the last five minutes in which everything stood still for want of it."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    if not seen.value:
        return "nothing waits for memory"
    return f"everything stood still for {wording.ratio(seen.value)} of the last five minutes, waiting for memory"


CHECK = Check(
    name=CheckName("memory_pressure"),
    family=Family.HEALTH,
    title="memory waits",
    question="Does work wait for memory?",
    unit=Unit.RATIO,
    standard=Standard(
        0.05, 0.20, Bad.ABOVE, "our default: Linux PSI `full avg300`; systemd-oomd ends programs at 60 % within 30 s"
    ),
    sentence=_sentence,
    ran="read on real Linux machines",
    advice="Look which program grows; end or move it before the kernel ends one of its own choosing.",
    charted=True,
)
