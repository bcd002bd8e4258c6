"""Can a mistake be undone? When btrbk made the newest snapshot of a subvolume."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    if seen.reading.value is not None:
        return f"newest snapshot {wording.duration(seen.age)} old"
    fault = next((item.detail for item in seen.reading.items if item.name == "fault"), "")
    return f"has no snapshot: {fault}" if fault else "has no snapshot at all"


CHECK = Check(
    name=CheckName("btrbk_snapshots"),
    family=Family.BACKUP,
    title="btrbk snapshot",
    question="Is the newest local snapshot recent enough?",
    unit=Unit.SINCE,
    standard=Standard(
        26 * 3600, 50 * 3600, Bad.ABOVE, "btrbk.timer runs it once a day; our default: one may be late, two may not"
    ),
    sentence=_sentence,
    ran="real btrbk on btrfs: good, late, failed, locked out, target gone",
    needs="to read btrbk's configuration and its transaction log, and to look at its targets",
    advice=(
        "Read btrbk's log and look whether its timer runs and the disk has room. "
        "A snapshot lies on the same disk as its data: it is no backup."
    ),
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
    is_on_same_disk=True,
)
