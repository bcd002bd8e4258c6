"""How did the last backup that duplicity began at a target end? 0 whole, 1 without its manifest or a volume."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    last = next((item.detail for item in seen.reading.items if item.name == "last run"), "")
    return last or ("its last backup is not whole" if seen.value else "its last backup ended well")


CHECK = Check(
    name=CheckName("duplicity_result"),
    family=Family.BACKUP,
    title="duplicity result",
    question="Did the last backup that reached the target come to its end?",
    unit=Unit.COUNT,
    standard=Standard(None, 1, Bad.ABOVE, "duplicity: the manifest is written last, once every volume is there"),
    sentence=_sentence,
    ran="real duplicity 0.8: ended well, killed half-way, going on, resumed, volumes lost",
    needs="to list the target's folder; a run that never reached it shows in none, wrap the job for that",
    advice="Run the same backup again: duplicity takes up what was broken off; if it cannot, make a new full one.",
    impact=Impact.AT_RISK,
)
