"""Room on the store's disk: below a floor no machine is heard, and a ballast is kept for what people do meanwhile.

A disk that fills must not take the desk away from those who would mend it (reliability.md section 4, "Disk full").
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from checks.wording import size

MIB = 1 << 20
FLOOR_SHARE, FLOOR_MOST = 20, 256 * MIB
"""Check-ins are refused where less is free than this part of the disk, or this many bytes where that is less."""
BALLAST_SHARE, BALLAST_MOST = 64, 32 * MIB
BALLAST = "ballast"
ADVICE = "free room, or move the home"


@dataclass(frozen=True, slots=True)
class Disk:
    """A file system at one instant."""

    free: int
    """Bytes that are left to this account."""
    whole: int
    """Bytes of all of it."""

    @property
    def floor(self) -> int:
        """Bytes that check-ins leave free."""
        return min(self.whole // FLOOR_SHARE, FLOOR_MOST)


@dataclass(slots=True)
class Room:
    """Of one store's folder; from any thread."""

    folder: Path
    said: str = ""
    """What everybody was told of it last: pages say this, so that what changes is announced, and not what was shown."""

    def look(self) -> Disk:
        """The disk as it is now."""
        disk = os.statvfs(self.folder)
        return Disk(disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize)

    def trouble(self) -> str:
        """Why no check-in is kept just now; "" where there is room."""
        disk = self.look()
        if disk.free >= disk.floor:
            return ""
        return (
            f"only {size(disk.free)} are free where {self.folder} lies; below {size(disk.floor)} no check-in is kept "
            "(agents keep theirs, and deliver them later)"
        )

    def lay_ballast(self) -> None:
        """Take room for people's work, where there is enough and none is taken yet."""
        path = self.folder / BALLAST
        if path.exists():
            return
        disk = self.look()
        most = min(disk.whole // BALLAST_SHARE, BALLAST_MOST)
        if disk.free < disk.floor + most:
            return
        try:
            with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as file:  # noqa: PTH123 - a mode from the start
                _fill(file.fileno(), most)
        except OSError:  # somebody else took the room: there is no ballast, not half of one, until there is some again
            self.give_up_ballast()

    def give_up_ballast(self) -> bool:
        """Let that room go; whether there was any."""
        try:
            (self.folder / BALLAST).unlink()
        except OSError:
            return False
        return True


def _fill(file: int, most: int) -> None:
    """Real blocks, not a hole."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file, 0, most)
        return
    for _ in range(most // MIB):
        os.write(file, bytes(MIB))
