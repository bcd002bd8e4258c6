"""Whether the log of writes is whole: where one of its frames rotted, SQLite takes that for its end and says nothing.

What was committed behind it would be gone, and older pages would stand beside newer ones that were carried into the
database already. The format is that of https://sqlite.org/fileformat2.html (section 4); what is shared beside the log
is that of https://sqlite.org/walformat.html (section 2).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_HEADER, _FRAME, _SHARED = struct.Struct(">IIII8sII"), struct.Struct(">II8sII"), struct.Struct("=12xBB2xI12x8s8x")
_MAGIC = 0x377F0682
"""And one more where the sums are of big-endian words."""
_ENOUGH = (1 << 32) - 1
Sum = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Frame:
    """One page as it was written."""

    ends: bool
    """Whether a commit ends with it: the next frame was begun after this one was on the disk."""
    sum: Sum
    follows: bool
    """Whether it is of this log, and it and the sum of the frame before it are what was written."""


def damage(database: Path) -> str:
    """What is wrong with this database's log; "" where it is whole, or only its last write was cut short.

    Works beside whoever writes: what is seen once may be half written, so only what is seen twice is told.
    """
    found = _seen(database)
    return found if found and found == _seen(database) else ""


def of(database: Path) -> Path:
    """Where this database's log lies."""
    return database.with_name(f"{database.name}-wal")


def _seen(database: Path) -> str:
    shared = _shared(database.with_name(f"{database.name}-shm"))
    try:
        with of(database).open("rb") as file:
            return _read(file, *shared)
    except FileNotFoundError:
        return ""


def _read(file: IO[bytes], salts_shared: bytes, committed: int) -> str:
    raw = file.read(_HEADER.size)
    if len(raw) < _HEADER.size or not file.peek(1):  # type: ignore[attr-defined]  # a log that holds no frame yet
        return ""
    magic, _, page, _, salts, *sums = _HEADER.unpack(raw)
    order = ">" if magic & 1 else "<"
    if magic | 1 != _MAGIC | 1 or _sum(raw[:24], (0, 0), order) != tuple(sums):
        return "its header is not what was written"
    before, number, bad = _Frame(False, (sums[0], sums[1]), True), 0, 0
    for number, frame in enumerate(_frames(file, page, salts, before.sum, order), 1):
        if bad and frame.follows and before.ends:
            return f"frame {bad} is not what was written, and more was committed after it"
        if not bad and not frame.follows:
            bad = number
        before = frame
    whole = bad - 1 if bad else number
    if salts == salts_shared and committed > whole:
        return f"{committed} frames were committed, and {whole} can be read"
    return ""


def _frames(file: IO[bytes], page: int, salts: bytes, before: Sum, order: str) -> Iterator[_Frame]:
    while len(raw := file.read(_FRAME.size + page)) == _FRAME.size + page:
        _, ends, mine, *sums = _FRAME.unpack_from(raw)
        follows = mine == salts and _sum(raw[_FRAME.size :], _sum(raw[:8], before, order), order) == tuple(sums)
        before = (sums[0], sums[1])
        yield _Frame(ends > 0, before, follows)


def _sum(data: bytes, before: Sum, order: str) -> Sum:
    """SQLite's own: two sums, of the words at even and at odd places, that run into each other."""
    one, other = before
    words = iter(struct.unpack(f"{order}{len(data) // 4}I", data))
    for word in words:
        one = one + word + other & _ENOUGH
        other = other + next(words) + one & _ENOUGH
    return one, other


def _shared(path: Path) -> tuple[bytes, int]:
    """Of which log, by its salts, whoever wrote last knew how many committed frames; (b"", 0) where nobody says so.

    What it says twice and alike is told after the commit was synced, so it never says too much.
    """
    try:
        with path.open("rb") as file:
            first, again = file.read(_SHARED.size), file.read(_SHARED.size)
    except OSError:
        return b"", 0
    if len(again) < _SHARED.size or first != again:
        return b"", 0
    is_begun, _, committed, salts = _SHARED.unpack(first)
    return (salts, committed) if is_begun else (b"", 0)
