"""Is it swapping? The share of the swap space that is used."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return f"{wording.ratio(seen.value)} of the swap space used"


CHECK = Check(
    name=CheckName("swap"),
    family=Family.HEALTH,
    title="swap",
    question="Is memory so short that it swaps?",
    unit=Unit.RATIO,
    standard=Standard(0.50, 0.90, Bad.ABOVE, "our default: used swap is a sign, full swap a danger"),
    sentence=_sentence,
    ran="read on real Linux machines",
    advice="Look which process grew; a full swap ends in killed processes.",
    charted=True,
)
