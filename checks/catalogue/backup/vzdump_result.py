"""How did the last backup run of Proxmox VE end? 0 well, 1 with warnings, 2 where it or a guest's own failed."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard
from checks.wording import counted

_FAILED = 2
_MOST_SAID = 2


def _sentence(seen: Seen) -> str:
    if seen.value < _FAILED:
        last = next((item.detail for item in seen.reading.items if item.name == "last run"), "")
        return last or ("its last run ended with warnings" if seen.value else "its last run ended well")
    failed = [item.detail for item in seen.reading.items if item.name == "failed"]
    more = len(failed) - _MOST_SAID
    said = [*failed[:_MOST_SAID], *([counted(more, "more failure", "more failures")] if more > 0 else [])]
    return "; ".join(said) or "its last run failed"


CHECK = Check(
    name=CheckName("vzdump_result"),
    family=Family.BACKUP,
    title="Proxmox VE result",
    question="Did the last backup run of the node, and of each of its guests, end well?",
    unit=Unit.COUNT,
    standard=Standard(1, _FAILED, Bad.ABOVE, "Proxmox VE: a task ends with OK, with WARNINGS or with an error"),
    sentence=_sentence,
    ran="not run by us; the index of tasks and logs written as the code of pve-common and pve-manager has them",
    needs="to read /var/log/pve/tasks/index and /var/log/vzdump",
    advice="Read the task's log in the node's task history, mend the cause, and run the backup of that guest again.",
    impact=Impact.AT_RISK,
)
