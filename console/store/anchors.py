"""The file of anchors: beside the store, outside of its database, and not part of what a restore puts back.

Each line is an anchor, how many rows came since the one before, and the digest of the line before: an hour in which
nothing happened has its line too, so that silence shows.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from console.store.chain import GENESIS, Anchor, anchors_in

FILE = "audit.anchors"


def drop(path: Path, anchor: Anchor, why: str) -> str:
    """Add an anchor as the last line, on the disk when this returns; the line. Raises OSError.

    `why` is `hour`, `stop`, `backup` or `restore`. Daemon and keeper may do so at once.
    """
    handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        before = _last_line(path)
        known = anchors_in(before)
        new = anchor.rows - (known[-1].rows if known else 0)
        previous = hashlib.sha256(before.encode()).hexdigest() if before else GENESIS
        line = f"{anchor.text} new={new} why={why} previous={previous}"
        file.write(f"{line}\n")
        file.flush()
        os.fsync(file.fileno())
    return line


def newest(path: Path) -> Anchor | None:
    """The last anchor that was dropped; None where there is none."""
    known = anchors_in(_last_line(path))
    return known[-1] if known else None


def problems(text: str) -> Iterator[str]:
    """What is wrong with the file's own chain: lines that were changed, taken out or put in."""
    before = GENESIS
    for number, line in enumerate(text.splitlines(), 1):
        if not anchors_in(line):
            yield f"line {number} of the anchors is none"
        elif line.rpartition(" previous=")[2] != before:
            yield f"line {number} of the anchors does not follow the line before it"
        before = hashlib.sha256(line.encode()).hexdigest()


def _last_line(path: Path) -> str:
    """Read from the end: the file grows by a line an hour."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 4096))
            lines = file.read().decode(errors="replace").splitlines()
    except FileNotFoundError:
        return ""
    return lines[-1] if lines else ""
