"""Whether each LVM volume group has all of its disks, and its volumes are sound."""

from __future__ import annotations

from collections.abc import Iterator

from agent.looking import Look, Looked, Probe
from agent.sources import lvm
from agent.sources.rooted import EVERY, NotRead
from checks.reading import CheckName, Item, Reading, Why

_CHECK = "volume_groups"


def look(at: Look) -> Looked:
    """How many disks each group misses, and how many of its volumes are not sound; nothing without LVM."""
    try:
        told = lvm.read(at)
        for group in told.groups:
            name = str(group["vg_name"])
            items = tuple(_wrong(told, name, int(str(group["vg_missing_pv_count"]))))
            yield Reading(CheckName(_CHECK), name, float(len(items)), told.at, told.at + EVERY, items[:20])
    except NotRead as error:
        yield at.gap(_CHECK, error.why, str(error))
    except (KeyError, ValueError):
        yield at.gap(_CHECK, Why.FAILED, "LVM's report is not what lvmreport(7) says")


def _wrong(told: lvm.Told, group: str, missing: int) -> Iterator[Item]:
    yield from [Item("a disk is missing")] * missing
    for volume in told.volumes:
        if volume["vg_name"] == group and volume["lv_health_status"]:
            yield Item(f"{volume['lv_name']}: {volume['lv_health_status']}")


PROBE = Probe(CheckName(_CHECK), look)
