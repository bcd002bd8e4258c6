"""Can a mistake be undone? When the newest whole snapshot of a snapper configuration was made."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact, Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    if seen.reading.value is None:
        return "has no whole snapshot at all"
    broken = next((item.detail for item in seen.reading.items if item.name == "broken"), "")
    newest = f"newest snapshot {wording.duration(seen.age)} old"
    return f"{newest}; {broken}" if broken else newest


CHECK = Check(
    name=CheckName("snapper_snapshots"),
    family=Family.BACKUP,
    title="snapper",
    question="Is the newest local snapshot recent enough?",
    unit=Unit.SINCE,
    standard=Standard(
        3 * 3600,
        26 * 3600,
        Bad.ABOVE,
        "snapper-timeline.timer makes one an hour; our default: two may be missed, a day of them may not",
    ),
    sentence=_sentence,
    ran="real snapper on btrfs: good, late, empty, half-made, unmounted, ten thousand",
    needs="to read below the subvolume's .snapshots, which is root's alone",
    advice=(
        "Read `journalctl -u snapper-timeline` and look whether its timer runs and the disk has room. "
        "A snapshot lies on the same disk as its data: it is no backup."
    ),
    impact=Impact.AT_RISK,
    none_means=Status.BREACH,
    is_on_same_disk=True,
)
