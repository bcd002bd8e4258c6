"""When the newest snapshot that a timer made was made of each ZFS dataset; asked once an hour, and only beside ZFS."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.programs import ProgramError, run
from checks.reading import CheckName, Instant, Item, Reading, Why

_CHECK = "zfs_snapshots"
_KERNEL = "proc/spl/kstat/zfs"
_ASK = ("zfs", "list", "-H", "-p", "-t", "snapshot", "-o", "name,creation")
_BY_TIMER = ("autosnap_", "zfs-auto-snap_")
"""What sanoid and zfs-auto-snapshot begin names with: one made by hand is never followed by another."""
_MOST_BYTES = 32 << 20


def look(at: Look) -> Looked:
    """The newest of each dataset that has any; nothing where the kernel has no ZFS."""
    if not (at.root / _KERNEL).is_dir():
        return
    try:
        ran = run(_ASK, seconds=60, most_bytes=_MOST_BYTES)
        if ran.status:
            yield at.gap(_CHECK, Why.FAILED, f"zfs ended with {ran.status}: {' '.join(ran.err.split())[:200]}")
            return
        newest = _newest(ran.out)
    except ProgramError as error:
        yield at.gap(_CHECK, Why.FAILED, str(error))
        return
    except ValueError as error:
        yield at.gap(_CHECK, Why.FAILED, f"zfs said what nobody understands: {error}")
        return
    for dataset, (made, name) in sorted(newest.items()):
        items = (Item(name, since=made),)
        yield Reading(CheckName(_CHECK), dataset, float(made), at.now, at.next_look, items)


def _newest(text: str) -> dict[str, tuple[Instant, str]]:
    """By dataset. With -H a tab stands between the columns, with -p creation is in seconds (zfs-list(8))."""
    found: dict[str, tuple[Instant, str]] = {}
    for line in text.splitlines():
        whole, _, creation = line.partition("\t")
        dataset, _, name = whole.partition("@")
        made = int(creation)
        if name.startswith(_BY_TIMER):
            found[dataset] = max(found.get(dataset, (0, "")), (made, name))
    return found


def hour(at: Look) -> str:
    """Nothing cheap tells that a snapshot was made, and listing thousands is dear."""
    return f"{at.now // 3600}" if (at.root / _KERNEL).is_dir() else "no ZFS"


PROBE = Probe(CheckName(_CHECK), look, hour, seconds=90)
