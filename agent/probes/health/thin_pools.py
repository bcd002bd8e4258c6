"""How full each LVM thin pool is: its data, or what it keeps about them."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import lvm
from agent.sources.rooted import EVERY, NotRead
from checks.reading import CheckName, Item, Reading, Why

_CHECK = "thin_pools"


def look(at: Look) -> Looked:
    """The larger of both shares; nothing without a thin pool. Why LVM cannot be asked is told by volume_groups."""
    try:
        told = lvm.read(at)
        for pool in told.volumes:
            if pool["segtype"] == "thin-pool" and pool["data_percent"]:
                data, metadata = float(str(pool["data_percent"])), float(str(pool["metadata_percent"] or 0))
                items = (Item(f"data {data:.0f} %"), Item(f"metadata {metadata:.0f} %"))
                name = f"{pool['vg_name']}/{pool['lv_name']}"
                yield Reading(CheckName(_CHECK), name, max(data, metadata) / 100, told.at, told.at + EVERY, items)
    except NotRead as error:
        yield at.gap(_CHECK, Why.NOT_HERE, str(error))
    except (KeyError, ValueError):
        yield at.gap(_CHECK, Why.FAILED, "LVM's report is not what lvmreport(7) says")


PROBE = Probe(CheckName(_CHECK), look)
