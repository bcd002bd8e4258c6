"""Does a name resolve as it should? Seconds until it did; of names that the administrator listed."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    if seen.reading.value is None:
        return next((item.detail for item in seen.reading.items), "does not answer")
    return f"resolves after {seen.value * 1000:.0f} ms"


CHECK = Check(
    name=CheckName("dns"),
    family=Family.HEALTH,
    title="name",
    question="Does the name resolve?",
    unit=Unit.SECONDS,
    standard=Standard(
        None,
        None,
        Bad.ABOVE,
        "our default: any answer within its time limit is well; two looks must see it, as a restart is no alarm",
        in_a_row=2,
    ),
    sentence=_sentence,
    ran="this machine's own resolver and hosts file: known, unknown, elsewhere, no name at all",
    needs="the machine's resolver",
    advice="Ask by hand (`getent ahosts NAME`, `dig NAME`); see whether the domain ended or its records changed.",
    none_means=Status.BREACH,
    charted=True,
)
