"""How long is the certificate good? Seconds until it ends; of files and ports that the administrator listed."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    name = next((item.name for item in seen.reading.items), "it")
    if seen.value <= 0:
        return f"{name} ended {wording.duration(-seen.value)} ago"
    return f"{name} is good for {wording.duration(seen.value)} more"


CHECK = Check(
    name=CheckName("certificate"),
    family=Family.HEALTH,
    title="certificate",
    question="How long is the certificate good?",
    unit=Unit.SECONDS,
    standard=Standard(
        21 * 86_400,
        7 * 86_400,
        Bad.BELOW,
        "our default: Let's Encrypt renews 30 days ahead, so three weeks are trouble",
    ),
    sentence=_sentence,
    ran="real files and real TLS ports",
    needs="to read the file; none for a port",
    advice="Renew it, and look why that did not happen by itself; then restart what serves it.",
)
