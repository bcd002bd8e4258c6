"""A TinyDB storage that loses nothing: locked, checked, replaced whole, with the generation before kept beside it.

TinyDB's own writes in place: a full disk leaves neither old nor new, two processes leave no JSON (reliability.md, V15
and V16). Here the old file stays until the new one is on the disk.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import threading
from pathlib import Path
from typing import IO, Any

from tinydb import Storage

MOST_BYTES = 16 << 20
_FORMAT = 1
log = logging.getLogger(__name__)


class StorageBusy(Exception):
    """Another process holds this file."""


class StorageDamaged(Exception):
    """Neither the file nor the generation before it can be read: says which."""


class CarefulStorage(Storage):
    """One JSON document in one file, with a format version and a checksum."""

    def __init__(self, path: Path) -> None:
        self._path = Path(path)
        self._one_at_a_time = threading.Lock()
        self._lock = _locked(self._path.with_suffix(".lock"))

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The document; the generation before, loudly, where the newest is damaged. Raises StorageDamaged."""
        with self._one_at_a_time:
            if not self._path.exists() and not self._before.exists():
                return None
            for path in (self._path, self._before):
                document = _checked(path)
                if document is not None:
                    if path != self._path:
                        log.error("%s cannot be read; going on with the generation before", self._path)
                    return document
            raise StorageDamaged(f"neither {self._path} nor {self._before.name} can be read; restore a backup")

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the document, whole or not at all. Raises OSError where the disk is full; the old one stands."""
        body = json.dumps(data)
        if len(body) > MOST_BYTES:
            raise ValueError(f"more than {MOST_BYTES} bytes do not belong into {self._path.name}")
        digest = hashlib.sha256(body.encode()).hexdigest()
        with self._one_at_a_time:
            if _checked(self._path) is not None:
                self._keep_before()
            write_whole(self._path, f'{{"format": {_FORMAT}, "sha256": "{digest}", "document": {body}}}\n'.encode())

    def close(self) -> None:
        """Let another process have it."""
        self._lock.close()

    @property
    def _before(self) -> Path:
        return self._path.with_suffix(".previous")

    def _keep_before(self) -> None:
        new = self._before.with_suffix(".linking")
        new.unlink(missing_ok=True)
        os.link(self._path, new)
        new.replace(self._before)


def write_whole(path: Path, content: bytes) -> None:
    """Temporary file in the same folder, fsync, replace, fsync of the folder. The old file stands until then."""
    new = path.with_name(f"{path.name}.new")
    try:
        handle = os.open(new, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """What was named, renamed or taken away there is so on the disk when this returns."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _locked(path: Path) -> IO[str]:
    lock = path.open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise StorageBusy(f"another process holds {path}; only one may write there") from error
    return lock


def _checked(path: Path) -> dict[str, dict[str, Any]] | None:
    """The document of a file that says what its checksum says; None of any other."""
    try:
        whole = json.loads(path.read_text())
        body = json.dumps(whole["document"])
        is_sound = whole["format"] == _FORMAT and hashlib.sha256(body.encode()).hexdigest() == whole["sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return whole["document"] if is_sound else None
