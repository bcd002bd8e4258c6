"""The files of a watched path, the newest first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nlargest
from pathlib import Path

from agent.looking import WatchedPath
from checks.reading import Instant
from checks.wording import size

_MOST = 16
_MOST_LOOKED_AT = 100_000


class NotReadable(Exception):
    """The path cannot be looked at: says which, and why."""


@dataclass(frozen=True, slots=True)
class File:
    """One file: its name below the path, its size in bytes, when it was written."""

    name: str
    size: int
    written_at: Instant

    @property
    def size_words(self) -> str:
        """Its size as a person says it."""
        return size(self.size)


def newest(watched: WatchedPath) -> list[File]:
    """Up to sixteen files that match, the newest first; empty where none does. Raises NotReadable."""
    try:
        if not watched.path.exists():
            return []
        return nlargest(_MOST, _files(watched), key=lambda file: (file.written_at, file.name))
    except OSError as error:
        raise NotReadable(f"cannot look at {watched.path}: {os.strerror(error.errno or 0)}") from error


def _files(watched: WatchedPath) -> Iterator[File]:
    if watched.path.is_file():
        yield _file(watched.path, watched.path.parent)
        return
    os.scandir(watched.path).close()  # glob is silent about a folder that may not be read; this is not
    for count, path in enumerate(watched.path.glob(watched.pattern)):
        if count == _MOST_LOOKED_AT:
            raise NotReadable(f"more than {_MOST_LOOKED_AT} files match in {watched.path}; narrow its pattern")
        if path.is_file():
            yield _file(path, watched.path)


def _file(path: Path, below: Path) -> File:
    told = path.stat()
    return File(str(path.relative_to(below)), told.st_size, int(told.st_mtime))
