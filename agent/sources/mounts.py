"""The file systems that hold somebody's data, each asked without waiting for one that hangs."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import psutil

_NOT_DATA = {
    "squashfs",
    "iso9660",
    "udf",
    "devtmpfs",
    "proc",
    "sysfs",
    "efivarfs",
    "autofs",
    "ramfs",
    "nsfs",
    "fuse.snapfuse",
}
_NOT_ROOMS = ("/dev", "/proc", "/sys", "/run", "/snap", "/var/lib/docker", "/var/lib/containers")
_KEPT_VIRTUAL = {"tmpfs", "overlay", "zfs", "btrfs", "9p", "virtiofs"}
_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Mount:
    """One mounted file system; `room` is None where it did not answer in time."""

    path: str
    kind: str
    is_read_only: bool
    room: os.statvfs_result | None


def mounts() -> Iterator[Mount]:
    """Every file system that holds data, once each, the root first."""
    seen: set[tuple[str, str]] = set()
    for part in sorted(psutil.disk_partitions(all=True), key=lambda one: one.mountpoint):
        is_data = part.device.startswith("/") or part.fstype in _KEPT_VIRTUAL or ":" in part.device
        name = part.device if part.device.startswith("/") else part.mountpoint
        if part.fstype in _NOT_DATA or not is_data or _is_inside(part.mountpoint) or (name, part.fstype) in seen:
            continue
        if not os.path.isdir(part.mountpoint):  # noqa: PTH112 - a bind-mounted file is no file system of its own
            continue
        seen.add((name, part.fstype))
        room = _room(part.mountpoint)
        if room is None or room.f_blocks:
            yield Mount(part.mountpoint, part.fstype, "ro" in part.opts.split(","), room)


def _is_inside(path: str) -> bool:
    return any(path == room or path.startswith(f"{room}/") for room in _NOT_ROOMS)


def _room(path: str) -> os.statvfs_result | None:
    """What statvfs says, asked in a thread that is left behind where a dead server keeps it waiting."""
    said: list[os.statvfs_result] = []

    def ask() -> None:
        try:
            said.append(os.statvfs(path))
        except OSError:
            return

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(_SECONDS)
    return said[0] if said else None
