"""Did the kernel end programs for want of memory? How many, in the last day."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    if not seen.value:
        return "no program was ended for want of memory in the last day"
    return wording.counted(seen.value, "program was", "programs were") + " ended for want of memory in the last day"


CHECK = Check(
    name=CheckName("oom_kills"),
    family=Family.HEALTH,
    title="ended by kernel",
    question="Did the kernel end programs for want of memory?",
    unit=Unit.COUNT,
    standard=Standard(1, None, Bad.ABOVE, "our default: one is worth a look; Linux counts them as `oom_kill`"),
    sentence=_sentence,
    ran="read on real Linux machines",
    advice="The kernel's log names the program (`journalctl -k -g oom`); look whether its service is up again.",
)
