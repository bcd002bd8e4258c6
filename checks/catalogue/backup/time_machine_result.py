"""How did Time Machine's last run to each destination end? 0 well, 1 otherwise."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    last = next((item.detail for item in seen.reading.items if item.name == "last run"), "")
    return last or ("its last run ended otherwise than well" if seen.value else "its last run ended well")


CHECK = Check(
    name=CheckName("time_machine_result"),
    family=Family.BACKUP,
    title="Time Machine result",
    question="Did the last backup end well?",
    unit=Unit.COUNT,
    standard=Standard(None, 1, Bad.ABOVE, "macOS: RESULT of a destination is 0 where the last run ended well"),
    sentence=_sentence,
    ran="not run by us; the property list as macOS writes it",
    needs="Full Disk Access, to read com.apple.TimeMachine.plist",
    advice="Open Time Machine's settings, which name the cause; see that the disk is connected and has room.",
    impact=Impact.AT_RISK,
)
