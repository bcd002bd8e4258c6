"""How did rsnapshot's last run end? 0 well, 1 with an error or without an end in its log."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    last = next((item.detail for item in seen.reading.items if item.name == "last run"), "")
    return last or ("its last run failed" if seen.value else "its last run ended well")


CHECK = Check(
    name=CheckName("rsnapshot_result"),
    family=Family.BACKUP,
    title="rsnapshot result",
    question="Did rsnapshot's last run end well?",
    unit=Unit.COUNT,
    standard=Standard(None, 1, Bad.ABOVE, "rsnapshot: its log ends a good run with `completed successfully`"),
    sentence=_sentence,
    ran="real rsnapshot, from its first run to a failure",
    needs="to read rsnapshot's configuration and its log",
    advice="Read its log from the last `started`; run it by hand once the cause is mended.",
    impact=Impact.AT_RISK,
)
