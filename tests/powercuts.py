"""A disk whose power can be cut: what nobody had synced by then is gone, as it is on a real one.

A real file system in a file. Its own emergency stop, with which the kernel's people test their journals, ends all
writing at once: whatever is still in memory, the journal's unwritten part included, never reaches the file.
"""

from __future__ import annotations

import fcntl
import os
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import eventually, needs

KINDS = ("ext4", "xfs")
_SHUTDOWN = 2 << 30 | 4 << 16 | ord("X") << 8 | 125  # EXT4_IOC_SHUTDOWN and XFS_IOC_GOINGDOWN are one
_WITHOUT_THE_LOG = struct.pack("I", 2)
_SIZE = 400 << 20  # xfs wants no less than 300 MiB


@dataclass
class Disk:
    """Mounted at `path`; what is written there lies in `file`."""

    kind: str
    path: Path
    file: Path

    def cut(self) -> None:
        """From here on nothing reaches the file, and whoever writes or syncs is told of an error."""
        folder = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, _SHUTDOWN, _WITHOUT_THE_LOG)
        finally:
            os.close(folder)

    def power_on(self) -> None:
        """Mount what the file holds, once everybody who had something open there has ended.

        A copy of it: where a mount namespace of somebody else holds on to the old mount, its file would be found dead.
        """
        eventually(lambda: _done("umount", str(self.path)))
        before, self.file = self.file, self.file.with_name(f"{self.path.name}.{time.monotonic_ns()}")
        subprocess.run(["cp", "--sparse=auto", str(before), str(self.file)], check=True)
        before.unlink()
        self.mount()

    def mount(self) -> None:
        """Put it in its place; the file system repairs itself, as after a real cut. Fails where it cannot."""
        options = {"ext4": "loop", "xfs": "loop,nouuid"}[self.kind]
        subprocess.run(["mount", "-o", options, str(self.file), str(self.path)], check=True, capture_output=True)


@contextmanager
def cuttable_disk(kind: str, path: Path) -> Iterator[Disk]:
    """A disk with a file system of this kind, gone at the end; skips, with the reason, where none may be mounted."""
    needs(f"mkfs.{kind}")
    path.mkdir(exist_ok=True)
    disk = Disk(kind, path, path.with_name(f"{path.name}.img"))
    with disk.file.open("wb") as made:
        made.truncate(_SIZE)
    subprocess.run([f"mkfs.{kind}", "-q", str(disk.file)], check=True, capture_output=True)
    try:
        disk.mount()
    except subprocess.CalledProcessError as error:
        pytest.skip(f"needs leave to mount a file system: {error.stderr.decode().strip()}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(path)], check=False, capture_output=True)
        disk.file.unlink()


def _done(*command: str) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
