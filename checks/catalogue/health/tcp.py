"""Does a thing without an agent take a connection? Seconds until it did; of ports that the administrator listed."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    if seen.reading.value is None:
        return next((item.detail for item in seen.reading.items), "does not answer")
    return f"takes a connection after {seen.value * 1000:.0f} ms"


CHECK = Check(
    name=CheckName("tcp"),
    family=Family.HEALTH,
    title="port",
    question="Does it take a connection?",
    unit=Unit.SECONDS,
    standard=Standard(
        None,
        None,
        Bad.ABOVE,
        "our default: any answer within its time limit is well; two looks must see it, as a restart is no alarm",
        in_a_row=2,
    ),
    sentence=_sentence,
    ran="real sockets: listening, refused, a full queue, more than a pass has time for",
    needs="a way to the port; nothing is sent",
    advice="See whether it has power and a line, whether what should listen runs, and what a firewall stops.",
    none_means=Status.BREACH,
    charted=True,
)
