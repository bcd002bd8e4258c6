"""Can a mistake be undone? When the newest snapshot that a timer made was made of a ZFS dataset."""

from __future__ import annotations

from checks import wording
from checks.check import Check, Family, Seen, Unit
from checks.finding import Impact
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    return f"newest snapshot {wording.duration(seen.age)} old"


CHECK = Check(
    name=CheckName("zfs_snapshots"),
    family=Family.BACKUP,
    title="ZFS snapshot",
    question="Is the newest snapshot of the dataset recent enough?",
    unit=Unit.SINCE,
    standard=Standard(
        26 * 3600, 50 * 3600, Bad.ABOVE, "our default for one a day at least: one may be late, two may not"
    ),
    sentence=_sentence,
    ran="not run by us; output written as zfs-list(8) of OpenZFS documents it",
    needs="to run zfs, which lists for any user",
    advice=(
        "Is sanoid's or zfs-auto-snapshot's timer running, and has the pool room? "
        "A snapshot lies on the same disks as its data: it is no backup."
    ),
    impact=Impact.AT_RISK,
    is_on_same_disk=True,
)
