"""Can it still be written to? 1 where a file system that should be writable is mounted read-only."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return "is mounted read-only" if seen.value else "can be written to"


CHECK = Check(
    name=CheckName("read_only"),
    family=Family.HEALTH,
    title="writable",
    question="Can it still be written to?",
    unit=Unit.COUNT,
    standard=Standard(None, 1, Bad.ABOVE, "kernel: errors=remount-ro follows a disk error"),
    sentence=_sentence,
    ran="read on real Linux machines",
    advice="Read the kernel log for disk errors before anything else; save the data, then check the disk.",
    impact=Impact.DOWN,
)
