"""Is there a recent restore point? When the newest backup on a target of btrbk was received."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    if seen.reading.value is not None:
        return f"newest backup {wording.duration(seen.age)} old"
    fault = next((item.detail for item in seen.reading.items if item.name == "fault"), "")
    return f"has no backup: {fault}" if fault else "has no backup at all"


CHECK = Check(
    name=CheckName("btrbk_backups"),
    family=Family.BACKUP,
    title="btrbk",
    question="Is the newest backup on the target recent enough?",
    unit=Unit.SINCE,
    standard=Standard(
        26 * 3600, 50 * 3600, Bad.ABOVE, "btrbk.timer runs it once a day; our default: one may be late, two may not"
    ),
    sentence=_sentence,
    ran="real btrbk on btrfs: good, late, failed, locked out, target gone",
    needs="to read btrbk's configuration and its transaction log, and to look at its targets",
    advice=(
        "Is the target connected and has it room? Read btrbk's log, run it again, then restore a sample. "
        "Where this subvolume is backed up no more, move the log away."
    ),
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
)
