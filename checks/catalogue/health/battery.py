"""Is the battery worn out? What it holds when it is full, as a share of what it was made for."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return f"the battery holds {wording.ratio(seen.value)} of what it was made for"


CHECK = Check(
    name=CheckName("battery"),
    family=Family.HEALTH,
    title="battery",
    question="Is the battery worn out?",
    unit=Unit.RATIO,
    standard=Standard(0.6, 0.3, Bad.BELOW, "our default: makers rate a battery to 80 % after some hundred cycles"),
    sentence=_sentence,
    ran="not run by us: the kernel's files as its documentation has them",
    advice="Order a new battery; one that swells is taken out at once.",
    impact=Impact.AT_RISK,
    charted=True,
)
