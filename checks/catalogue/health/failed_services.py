"""Did a service fail? How many systemd units are in the state `failed`."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    names = ", ".join(item.name for item in seen.reading.items[:3]) if seen.value else ""
    return wording.counted(seen.value, "service failed", "services failed") + (f": {names}" if names else "")


CHECK = Check(
    name=CheckName("failed_services"),
    family=Family.HEALTH,
    title="services",
    question="Is everything running that should be?",
    unit=Unit.COUNT,
    standard=Standard(None, 1, Bad.ABOVE, "systemd: a failed unit has given up"),
    sentence=_sentence,
    ran="not run by us: systemctl's documented output; no machine of the tests runs systemd",
    advice="Look at `systemctl status` and the journal of the named unit; restart it once the cause is known.",
)
