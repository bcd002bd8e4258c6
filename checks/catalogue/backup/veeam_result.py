"""How did the last run of each job of Veeam Agent end? 0 well, 1 with a warning or a failure."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    last = next((item.detail for item in seen.reading.items if item.name == "last run"), "")
    return last or ("its last run ended otherwise than well" if seen.value else "its last run ended well")


CHECK = Check(
    name=CheckName("veeam_result"),
    family=Family.BACKUP,
    title="Veeam Agent result",
    question="Did the last backup end well?",
    unit=Unit.COUNT,
    standard=Standard(None, 1, Bad.ABOVE, "Veeam Agent: Success is the state of a session that ended well"),
    sentence=_sentence,
    ran="not run by us; `veeamconfig session list` as its user guide shows it, event 190 as Windows logs it",
    needs="to be in the group veeam (Linux), or to read the log Veeam Agent (Windows)",
    advice="Read the session's log (`veeamconfig session log --id …`), mend the cause, start the job by hand.",
    impact=Impact.AT_RISK,
)
