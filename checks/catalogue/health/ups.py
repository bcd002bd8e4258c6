"""Does the UPS protect? How many troubles it reports at once (Network UPS Tools)."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    parts = ", ".join(item.name for item in seen.reading.items[:5])
    state = "in trouble" if seen.value else "on mains"
    return f"{state}: {parts}" if parts else state


CHECK = Check(
    name=CheckName("ups"),
    family=Family.HEALTH,
    title="UPS",
    question="Does the UPS protect?",
    unit=Unit.COUNT,
    standard=Standard(
        1, 2, Bad.ABOVE, "NUT: `ups.status`; one trouble needs a look, two at once (OB LB) are the end of power"
    ),
    sentence=_sentence,
    ran="the dummy driver of Network UPS Tools, through its own server",
    advice="On battery: find out how long the power stays away, and shut down in good order; else replace the battery.",
)
