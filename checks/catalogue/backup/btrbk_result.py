"""How did btrbk's last run end? 0 well, 1 with an error or without an end in its log."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    last = next((item.detail for item in seen.reading.items if item.name == "last run"), "")
    return last or ("its last run failed" if seen.value else "its last run ended well")


CHECK = Check(
    name=CheckName("btrbk_result"),
    family=Family.BACKUP,
    title="btrbk result",
    question="Did btrbk's last run end well?",
    unit=Unit.COUNT,
    standard=Standard(None, 1, Bad.ABOVE, "btrbk: its log ends a good run with `finished success`"),
    sentence=_sentence,
    ran="real btrbk on btrfs: good, late, failed, locked out, target gone",
    needs="to read btrbk's configuration and its transaction log",
    advice="Read its log from the last `startup`; run it by hand once the cause is mended.",
    impact=Impact.AT_RISK,
)
