"""Is there memory left? The share that is neither free nor can be given back at once."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return f"{wording.ratio(seen.value)} used"


CHECK = Check(
    name=CheckName("memory"),
    family=Family.HEALTH,
    title="memory",
    question="Is there memory left to work in?",
    unit=Unit.RATIO,
    standard=Standard(0.90, 0.97, Bad.ABOVE, "operating-model example: watch 90 %, breach 97 %"),
    sentence=_sentence,
    ran="read on real Linux machines",
    advice="Look which process holds it; add memory or move a service.",
    charted=True,
)
