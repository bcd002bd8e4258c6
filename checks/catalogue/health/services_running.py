"""Does what must run, run? Listed units that are active, and processes that are there."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    detail = next((f": {item.detail}" for item in seen.reading.items if item.detail), "")
    return f"runs{detail}" if seen.value else f"does not run{detail}"


CHECK = Check(
    name=CheckName("services_running"),
    family=Family.HEALTH,
    title="must run",
    question="Does what must run, run?",
    unit=Unit.COUNT,
    standard=Standard(
        None,
        0,
        Bad.BELOW,
        "systemd: ActiveState other than active or reloading; seen in two looks, so that a restart is no alarm",
        in_a_row=2,
    ),
    sentence=_sentence,
    ran="real processes; units and Windows services not run by us: as systemctl(1) and psutil document them",
    advice="Look at `systemctl status` and the journal of the unit; start it once the cause is known.",
)
