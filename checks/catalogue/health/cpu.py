"""Is the processor working, or choking? The share of its time that was busy since the last look."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return f"{wording.ratio(seen.value)} of its time busy since the last look"


CHECK = Check(
    name=CheckName("cpu"),
    family=Family.HEALTH,
    title="processor",
    question="Is the processor working, or choking?",
    unit=Unit.RATIO,
    standard=Standard(0.90, 0.98, Bad.ABOVE, "our default: beyond nine tenths everything waits"),
    sentence=_sentence,
    ran="read on real Linux machines",
    advice="Look which process eats it (top, sorted by CPU); a short peak is no fault.",
    charted=True,
)
