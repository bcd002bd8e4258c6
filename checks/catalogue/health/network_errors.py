"""Do packets arrive whole? The share of an interface's packets since the last look that had errors."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return f"{wording.ratio(seen.value)} of its packets had errors since the last look"


CHECK = Check(
    name=CheckName("network_errors"),
    family=Family.HEALTH,
    title="network",
    question="Do packets arrive whole?",
    unit=Unit.RATIO,
    standard=Standard(0.001, 0.01, Bad.ABOVE, "our default: a sound wire has next to none"),
    sentence=_sentence,
    ran="read on real Linux machines",
    advice="Change the cable or the port first, then look at duplex and driver.",
)
