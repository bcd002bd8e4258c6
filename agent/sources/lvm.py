"""LVM's volume groups and volumes (lvmreport(7)), as the root helper wrote them down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from agent.looking import Look
from agent.sources.kernel import folders, words
from agent.sources.rooted import FOLDER, HOW, NotRead, rows, written
from checks.reading import Instant, Why

FILE = f"{FOLDER}/lvm.json"
MOST = 1000
REPORTS = {
    "groups": ("vgs", "vg", "vg_name,pv_count,vg_missing_pv_count"),
    "volumes": ("lvs", "lv", "vg_name,lv_name,segtype,lv_health_status,data_percent,metadata_percent"),
}
"""By key of the file: the program, the key of its report, its fields."""
_OF_LVM = "LVM-"


class Told(NamedTuple):
    """What the helper wrote, and when."""

    groups: tuple[Mapping[str, object], ...]
    volumes: tuple[Mapping[str, object], ...]
    at: Instant


def read(at: Look) -> Told:
    """What the helper wrote; nothing at all where nothing tells of LVM. Raises NotRead."""
    try:
        tree, when = written(at, FILE)
    except FileNotFoundError:
        if _is_used(at):
            raise NotRead(Why.DENIED, f"only root may ask LVM; {HOW}") from None
        return Told((), (), at.now)
    return Told(rows(tree, "groups", FILE, MOST), rows(tree, "volumes", FILE, MOST), when)


def _is_used(at: Look) -> bool:
    """The kernel says to everybody whose a mapped device is."""
    try:
        return any(words(one / "dm/uuid").startswith(_OF_LVM) for one in folders(at.root / "sys/block", "dm/uuid"))
    except OSError:
        return False
