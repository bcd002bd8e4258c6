"""How did Proxmox VE's last backup of each guest end? 0 well, 1 otherwise."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    last = next((item.detail for item in seen.reading.items if item.name == "last run"), "")
    return last or ("its last run ended otherwise than well" if seen.value else "its last run ended well")


CHECK = Check(
    name=CheckName("vzdump_result"),
    family=Family.BACKUP,
    title="Proxmox VE result",
    question="Did the last backup end well?",
    unit=Unit.COUNT,
    standard=Standard(None, 1, Bad.ABOVE, "Proxmox VE: a task that ended well has the status OK"),
    sentence=_sentence,
    ran="not run by us; the index of tasks as Proxmox VE's documentation and source have it",
    needs="to read /var/log/pve/tasks, which root and www-data may",
    advice="Open the task in the node's web interface; mend the cause and run the backup job by hand.",
    impact=Impact.AT_RISK,
)
