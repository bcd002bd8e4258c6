"""Is it heard? When the last check-in was taken. The console is the witness."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    if seen.status is Status.BREACH:
        return f"has sent nothing for {wording.duration(seen.age)}"
    return f"last heard {wording.duration(seen.age)} ago"


CHECK = Check(
    name=CheckName("checkin"),
    family=Family.HEALTH,
    title="heard",
    question="Does it still check in?",
    unit=Unit.SINCE,
    standard=Standard(None, 600, Bad.ABOVE, "operating-model 3.1: two looks, 600 s at a pace of 300 s"),
    sentence=_sentence,
    ran="real agents over real SSH, silenced and heard again",
    advice="Look whether the machine runs and reaches the console, then `watchbill-agent status` on it.",
    impact=Impact.AT_RISK,
    console_looks=True,
)
