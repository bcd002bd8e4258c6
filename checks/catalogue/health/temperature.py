"""Is it too hot? The hottest reading of each sensor."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return f"{seen.value:.0f} °C"


CHECK = Check(
    name=CheckName("temperature"),
    family=Family.HEALTH,
    title="heat",
    question="Is it too hot?",
    unit=Unit.CELSIUS,
    standard=Standard(80.0, 95.0, Bad.ABOVE, "our default: most chips slow down near 95 °C"),
    sentence=_sentence,
    ran="not run by us on sensors: the kernel's files as its documentation has them",
    advice="Look at fans, filters and the room; dust is the usual cause.",
    charted=True,
)
