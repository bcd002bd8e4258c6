"""How much of its life each NVMe disk has used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agent.looking import Look, Looked, Probe
from agent.sources import smart
from checks.reading import CheckName, Item


def look(at: Look) -> Looked:
    """`percentage_used` of the health log as a share; it may go beyond all, up to 255 %."""
    return smart.looked(at, "disk_wear", _used)


def _used(row: Mapping[str, Any]) -> tuple[float, tuple[Item, ...]] | None:
    log = row.get("nvme_smart_health_information_log")
    if log is None:
        return None
    used = int(log["percentage_used"])
    if not 0 <= used <= 255:
        raise ValueError("a share that cannot be")
    spare = log.get("available_spare")
    return used / 100, (() if spare is None else (Item(f"{int(spare)} % of its spare is left"),))


PROBE = Probe(CheckName("disk_wear"), look)
