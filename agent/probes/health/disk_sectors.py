"""How many places of each disk have gone bad."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agent.looking import Look, Looked, Probe
from agent.sources import smart
from checks.reading import CheckName, Item

_COUNTED = {5: "moved", 197: "waiting to be moved", 198: "could not be read"}
_MOST = 1 << 48
"""A raw value is 48 bits wide (ATA SMART attribute)."""


def look(at: Look) -> Looked:
    """ATA: attributes 5, 197 and 198 together; NVMe: media errors."""
    return smart.looked(at, "disk_sectors", _gone)


def _gone(row: Mapping[str, Any]) -> tuple[float, tuple[Item, ...]] | None:
    log = row.get("nvme_smart_health_information_log")
    if log is not None:
        counts = {"media errors": int(log["media_errors"])}
    else:
        table = (row.get("ata_smart_attributes") or {}).get("table", [])
        counts = {_COUNTED[one["id"]]: int(one["raw"]["value"]) for one in table if one["id"] in _COUNTED}
    if not counts:
        return None
    if log is None and any(not 0 <= count < _MOST for count in counts.values()):
        raise ValueError("a count that cannot be")
    items = tuple(Item(f"{count} {words}") for words, count in counts.items() if count)
    return float(sum(counts.values())), items


PROBE = Probe(CheckName("disk_sectors"), look)
