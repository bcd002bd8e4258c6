"""How did Veeam Agent's last session of a job end? 0 well, 1 with a warning, 2 failed."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard

_UNSAID = ("its last run ended well", "its last run ended with a warning", "its last run failed")


def _sentence(seen: Seen) -> str:
    last = next((item.detail for item in seen.reading.items if item.name == "last run"), "")
    return last or _UNSAID[min(max(int(seen.value), 0), len(_UNSAID) - 1)]


CHECK = Check(
    name=CheckName("veeam_result"),
    family=Family.BACKUP,
    title="Veeam Agent result",
    question="Did the last session of the job end well?",
    unit=Unit.COUNT,
    standard=Standard(1, 2, Bad.ABOVE, "Veeam: a session ends with Success, Warning or Failed"),
    sentence=_sentence,
    ran="not run by us, and the agent runs on no Windows yet; table and events written as public scripts read them",
    needs="to run veeamconfig as root or in the group veeam; on Windows to read the event log Veeam Agent",
    advice="Read the session's log (`veeamconfig session log --id ID`): a warning often names what was left out.",
    impact=Impact.AT_RISK,
)
