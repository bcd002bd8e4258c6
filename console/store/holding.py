"""One home, one daemon: the lock that says who holds a store.

The standard library alone, so that it can be asked before all else is loaded.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class CannotOpen(Exception):
    """The store cannot be used: says which file, why, and what to do."""


class HomeTaken(CannotOpen):
    """Another daemon works in this home."""


def locked(folder: Path) -> IO[str]:
    """The lock of a store's folder, with this process's number in it, until it is closed. Raises HomeTaken."""
    path = folder / "daemon.lock"
    lock = path.open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        lock.close()
        raise HomeTaken(
            f"another watchbill daemon (process {holder}) already works in {folder}; stop it, or use --home"
        ) from error
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Nobody else's daemon works in this folder meanwhile. Raises HomeTaken."""
    if not folder.exists():
        yield
        return
    with locked(folder):
        yield
