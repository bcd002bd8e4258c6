"""Whether each btrfs file system and ZFS pool has all of its devices: kernel files that everybody may read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from agent.looking import Look, Looked, Probe
from agent.sources.kernel import folders, number, words
from checks.reading import CheckName, Gap, Item, Reading, Why

_CHECK = "storage_pools"
_STATES = {"ONLINE", "DEGRADED", "FAULTED", "OFFLINE", "REMOVED", "UNAVAIL", "SUSPENDED"}
"""zpoolconcepts(7), and SUSPENDED, which the kernel module says of a pool that stopped."""


def look(at: Look) -> Looked:
    """btrfs: how many devices are missing. ZFS: 0 for a pool that is ONLINE, 1 for any other state."""
    seen = [*_btrfs(at), *_zfs(at)]
    yield from seen or [at.gap(_CHECK, Why.NOT_HERE, "this machine has no btrfs and no ZFS")]


def _btrfs(at: Look) -> Iterator[Reading | Gap]:
    for pool in folders(at.root / "sys/fs/btrfs", "devinfo"):
        devices = sorted((pool / "devinfo").iterdir())
        try:
            missing = [device.name for device in devices if number(device / "missing")]
        except (OSError, ValueError):
            yield at.gap(_CHECK, Why.FAILED, "this kernel does not say which devices are missing", pool.name)
            continue
        items = tuple(Item(f"device {one} is missing") for one in missing[:20])
        yield Reading(CheckName(_CHECK), pool.name, float(len(missing)), at.now, at.next_look, items)


def _zfs(at: Look) -> Iterator[Reading | Gap]:
    for pool in folders(at.root / "proc/spl/kstat/zfs", "state"):
        yield _pool(at, pool)


def _pool(at: Look, pool: Path) -> Reading | Gap:
    try:
        state = words(pool / "state")
    except OSError as error:
        return at.gap(_CHECK, Why.FAILED, f"its state cannot be read: {error.strerror}", pool.name)
    if state not in _STATES:
        return at.gap(_CHECK, Why.FAILED, f"its state is none that is known: {state[:50]}", pool.name)
    items = () if state == "ONLINE" else (Item(f"the pool is {state}"),)
    return Reading(CheckName(_CHECK), pool.name, float(state != "ONLINE"), at.now, at.next_look, items)


PROBE = Probe(CheckName("storage_pools"), look)
