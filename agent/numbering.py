"""The highest number that a spool ever gave, kept beside it: what a disk loses of the spool is missed, and named.

A spool whose log of writes rotted opens as it was some check-ins ago, and one that is damaged begins empty; neither
could say so by itself.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from checks.reading import Dropped

_NOT_HERE = "it is not here any more"
_LINE = re.compile(r"(([0-9a-f]{32}) (\d{1,15})) (\d{1,10})\n")


def given(spool: Path) -> tuple[str, int] | None:
    """Epoch and number, as they were noted last; None where nobody did, or where that is not what was written."""
    try:
        found = _LINE.fullmatch(_file(spool).read_text("ascii"))
    except (OSError, UnicodeDecodeError):
        return None
    if found is None or zlib.crc32(found[1].encode()) != int(found[4]):
        return None
    return found[2], int(found[3])


def note(spool: Path, epoch: str, newest: int) -> None:
    """Note a number once it is on the disk. One that was not noted is missed by nobody, so this may fail, or be undone.

    For the same reason nothing is synced.
    """
    said, file = f"{epoch} {newest}", _file(spool)
    new = file.with_name(f"{file.name}.new")
    with suppress(OSError):
        with os.fdopen(os.open(new, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as written:
            written.write(f"{said} {zlib.crc32(said.encode())}\n")
        new.replace(file)


def forgotten(spool: Path) -> None:
    """Nothing of it will be missed: this spool belongs to another console now."""
    _file(spool).unlink(missing_ok=True)


def missing(known: Iterable[tuple[int, int, str]], first: int, end: int) -> Iterator[Dropped]:
    """Every number from `first` up to, without it, `end`: as it is known (first, last, why; in order), or else as gone.

    A console waits for each number, or for who says that it will not come.
    """
    for begins, last, why in [*known, (end, end, "")]:
        if begins > first:
            yield Dropped(first, begins - 1, begins - first, _NOT_HERE)
        here, until = max(begins, first), min(last, end - 1)
        if here <= until:
            yield Dropped(here, until, until - here + 1, why)
        first = max(first, last + 1)


def _file(spool: Path) -> Path:
    return spool.with_suffix(".given")
