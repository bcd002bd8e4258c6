"""Does it wait for a restart? 1 where updates that are installed need one to take effect."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return "waits for a restart to finish its updates" if seen.value else "no restart is asked for"


CHECK = Check(
    name=CheckName("restart_required"),
    family=Family.HEALTH,
    title="restart",
    question="Does it wait for a restart?",
    unit=Unit.COUNT,
    standard=Standard(
        1, None, Bad.ABOVE, "Debian: /run/reboot-required; its absence proves little where no package writes it"
    ),
    sentence=_sentence,
    ran="read on real Linux machines",
    advice="Agree on a window with the client and restart; until then the old, unpatched code runs.",
    impact=Impact.AT_RISK,
)
