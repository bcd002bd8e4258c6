"""What disks say of themselves (SMART), as the root helper wrote it down: read by the agent, which need not be root.

The shape is that of `smartctl --json` (smartmontools, smartctl(8)); the helper keeps the keys of KEPT alone.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from agent.looking import Look, Looked
from checks.reading import CheckName, Gap, Instant, Item, Reading, Why

FILE = "var/lib/watchbill-root/smart.json"
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
MOST_BYTES = 4 << 20
EVERY = 3600
"""Seconds between two runs of the helper, as documented."""
_REAL = ("sd", "nvme", "hd")
_HOW = "let root run `python -I -m agent.root` every hour"


@dataclass(frozen=True, slots=True)
class Disks:
    """What the helper wrote, and when."""

    rows: tuple[Mapping[str, object], ...]
    at: Instant


_FIRST = "disk_health"


class NotRead(Exception):
    """There is nothing to go by: says why."""

    def __init__(self, why: Why, reason: str) -> None:
        self.why = why
        super().__init__(reason)


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
    path = at.root / FILE
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        raise _nobody_wrote(at) from None
    except OSError as error:
        raise NotRead(Why.DENIED, f"{path}: {error.strerror}") from error
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode) or about.st_uid not in (0, os.geteuid()) or about.st_mode & 0o022:
            raise NotRead(Why.FAILED, f"{path} could have been written by somebody else than root")
        text = file.read(MOST_BYTES + 1)
    if about.st_mtime > at.now + 60:
        raise NotRead(Why.FAILED, f"{path} is from the future; was the clock set back?")
    return Disks(_rows(text, str(path)), min(at.now, int(about.st_mtime)))


def _rows(text: bytes, path: str) -> tuple[Mapping[str, object], ...]:
    try:
        tree = json.loads(text) if len(text) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        tree = None
    rows = tree.get("disks") if isinstance(tree, dict) else None
    if isinstance(tree, dict) and isinstance(tree.get("error"), str):
        raise NotRead(Why.FAILED, tree["error"][:300])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NotRead(Why.FAILED, f"{path} is not what the root helper writes; {_HOW}")
    return tuple(rows[:MOST_DISKS])


def _nobody_wrote(at: Look) -> NotRead:
    """Nothing is due where every disk is a virtual one; a real disk that nobody asks is unknown."""
    try:
        real = [name for name in sorted(os.listdir(at.root / "sys/block")) if name.startswith(_REAL)]  # noqa: PTH208
    except OSError:
        real = []
    if real:
        return NotRead(Why.DENIED, f"only root may ask {', '.join(real[:5])}; {_HOW}")
    return NotRead(Why.NOT_HERE, "this machine shows no disk of its own")
