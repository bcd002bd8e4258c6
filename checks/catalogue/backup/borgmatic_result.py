"""How did borgmatic's last runs end? 0 well, 1 where the last backup or the last check failed or has no end."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    last = next((item.detail for item in seen.reading.items if item.name in ("failed", "last run")), "")
    return last or ("its last run failed" if seen.value else "its last run ended well")


CHECK = Check(
    name=CheckName("borgmatic_result"),
    family=Family.BACKUP,
    title="borgmatic result",
    question="Did borgmatic's last backup and last check end well?",
    unit=Unit.COUNT,
    standard=Standard(None, 1, Bad.ABOVE, "borgmatic: the summary of a run that failed is logged as critical"),
    sentence=_sentence,
    ran="real borgmatic, Debian's 1.7: good, failed, killed, locked, damaged, wrong passphrase; 2.1's log as we saw it",
    needs="borgmatic's log at level 1, where log_file says or in /var/log/borgmatic.log",
    advice="Read its log from the last run on; mend the cause, then run `borgmatic --verbosity 1` by hand.",
    impact=Impact.AT_RISK,
)
