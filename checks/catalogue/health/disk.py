"""Is there room left? The share of a file system that is used, as an ordinary user sees it."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return f"{wording.ratio(seen.value)} full"


CHECK = Check(
    name=CheckName("disk"),
    family=Family.HEALTH,
    title="disk",
    question="Is there room left?",
    unit=Unit.RATIO,
    standard=Standard(0.80, 0.92, Bad.ABOVE, "operating-model example: watch 80 %, breach 92 %"),
    sentence=_sentence,
    ran="real file systems, one of them filled",
    advice="Look what grew (du -x), clean up or add room before it is full.",
    charted=True,
)
