"""Do tasks queue? The load average of 15 minutes for each logical processor."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return f"{seen.value:.2f} tasks want each processor (15 minutes)"


CHECK = Check(
    name=CheckName("load"),
    family=Family.HEALTH,
    title="load",
    question="Do more tasks want to run than can?",
    unit=Unit.RATIO,
    standard=Standard(2.0, 4.0, Bad.ABOVE, "convention: a load of one per processor is fully used"),
    sentence=_sentence,
    ran="read on real Linux machines",
    advice="Look which processes run or wait for a disk (state R or D).",
    charted=True,
)
