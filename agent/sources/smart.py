"""What disks say of themselves (SMART), as the root helper wrote it down: read by the agent, which need not be root.

The shape is that of `smartctl --json` (smartmontools, smartctl(8)); the helper keeps the keys of KEPT alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from agent.looking import Look, Looked
from agent.sources.rooted import EVERY, FOLDER, HOW, NotRead, rows, written
from checks.reading import CheckName, Gap, Instant, Item, Reading, Why

FILE = f"{FOLDER}/smart.json"
KEPT = (
    "model_name",
    "power_mode",
    "smartctl",
    "smart_support",
    "smart_status",
    "ata_smart_attributes",
    "nvme_smart_health_information_log",
)
MOST_DISKS = 200
_REAL = ("sd", "nvme", "hd")


@dataclass(frozen=True, slots=True)
class Disks:
    """What the helper wrote, and when."""

    rows: tuple[Mapping[str, object], ...]
    at: Instant


_FIRST = "disk_health"


Value = Callable[[Mapping[str, object]], tuple[float, tuple[Item, ...]] | None]
"""The raw value of a disk and what it is made of; None where this disk tells no such thing."""


def looked(at: Look, check: str, value: Value) -> Looked:
    """A reading of each disk that tells this, taken when the helper ran; what does not is a gap with the reason."""
    try:
        found = read(at)
    except NotRead as error:
        is_told = error.why is Why.DENIED and check != _FIRST  # that nobody wrote it is one fact, and told once
        yield at.gap(check, Why.NOT_HERE if is_told else error.why, str(error))
        return
    if not found.rows:
        yield at.gap(check, Why.NOT_HERE, "smartctl finds no disk that could tell")
    for row in found.rows:
        yield _seen(at, check, value, row, found.at)


def _seen(at: Look, check: str, value: Value, row: Mapping[str, object], seen_at: Instant) -> Reading | Gap:
    name = str(row.get("name", "a disk"))[:100]
    try:
        if "error" in row:
            return at.gap(check, Why.FAILED, str(row["error"])[:300], name)
        told = value(row)
        if told is not None:
            return Reading(CheckName(check), name, told[0], seen_at, seen_at + EVERY, told[1])
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return at.gap(check, Why.FAILED, "smartctl's answer is not what its documentation says", name)
    if row.get("power_mode"):
        return at.gap(check, Why.FAILED, "sleeps, and was not woken", name)
    if not _is_opened(row):
        return at.gap(check, Why.FAILED, "smartctl could not ask it", name)
    return at.gap(check, Why.NOT_HERE, "this disk does not tell it", name)


def _is_opened(row: Mapping[str, object]) -> bool:
    """Bits 0 and 1 of smartctl's exit status: wrong words, or the device did not open."""
    ran = row.get("smartctl")
    return isinstance(ran, dict) and isinstance(ran.get("exit_status"), int) and not ran["exit_status"] & 3


def read(at: Look) -> Disks:
    """What the helper wrote. Raises NotRead."""
    try:
        tree, when = written(at, FILE)
    except FileNotFoundError:
        raise _nobody_wrote(at) from None
    return Disks(rows(tree, "disks", FILE, MOST_DISKS), when)


def _nobody_wrote(at: Look) -> NotRead:
    """Nothing is due where every disk is a virtual one; a real disk that nobody asks is unknown."""
    try:
        real = [name for name in sorted(os.listdir(at.root / "sys/block")) if name.startswith(_REAL)]  # noqa: PTH208
    except OSError:
        real = []
    if real:
        return NotRead(Why.DENIED, f"only root may ask {', '.join(real[:5])}; {HOW}")
    return NotRead(Why.NOT_HERE, "this machine shows no disk of its own")
