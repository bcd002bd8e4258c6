"""What each disk says of itself: its own overall verdict, and the warnings of an NVMe controller."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agent.looking import Look, Looked, Probe
from agent.sources import smart
from checks.reading import CheckName, Item

_WARNINGS = (
    "the spare is below its threshold",
    "the temperature is out of its range",
    "reliability is degraded",
    "it can only be read",
    "the backup of its memory failed",
    "persistent memory can only be read",
)
"""The bits of `critical_warning` (NVM Express base specification, SMART / Health Information log)."""


def look(at: Look) -> Looked:
    """How many of these are bad: the disk's own verdict, and each critical warning."""
    return smart.looked(at, "disk_health", _bad)


def _bad(row: Mapping[str, Any]) -> tuple[float, tuple[Item, ...]] | None:
    status, log = row.get("smart_status"), row.get("nvme_smart_health_information_log")
    if status is None and log is None:
        return None
    passed = True if status is None else status["passed"]
    if not isinstance(passed, bool):
        raise ValueError("no verdict")
    bits = 0 if log is None else int(log.get("critical_warning", 0))
    warnings = [text for bit, text in enumerate(_WARNINGS) if bits >> bit & 1]
    said = ([] if passed else ["its own test says that it fails"]) + warnings
    return float(len(said)), tuple(Item(text) for text in said)


PROBE = Probe(CheckName("disk_health"), look)
