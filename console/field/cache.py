"""What a laptop keeps while it is away from the desk: sheets, and what is to be brought home; a file each."""

from __future__ import annotations

import fcntl
import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from checks.reading import Instant
from console.pages.incidents import IncidentRow
from console.pages.sites import Site

_ID = re.compile(r"[0-9a-f]{4,32}")
T = TypeVar("T")


class NotDone(Exception):
    """The cache does not have it, or cannot keep it: says what, where, and what to do."""


class Kept(Struct, frozen=True):
    """A site as the desk told it, with what was open at its client."""

    site: Site
    incidents: tuple[IncidentRow, ...]


class Entry(Struct, frozen=True):
    """A note, or time that was worked, of an incident."""

    id: str
    written_at: Instant
    incident: int
    text: str
    told: str = ""
    minutes: int = 0
    travel: int = 0
    client: str = ""
    """Whose incident it was by the sheet, where there is one: a number alone may be another's."""
    refused: str = ""
    """Why the desk did not take it the last time."""


class Cache:
    """What one laptop keeps."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "away"

    def keep_site(self, kept: Kept) -> None:
        """Keep a sheet, in the place of the one before."""
        self._write("sheets", f"{kept.site.client}__{kept.site.site}", kept)

    def sites(self) -> list[Kept]:
        """Every sheet, by client and site."""
        return list(self._all("sheets", Kept))

    def add(self, entry: Entry) -> Entry:
        """Keep something that is to be brought home, under a number of its own."""
        entry = msgspec.structs.replace(entry, id=uuid.uuid4().hex)
        self._write("notes", entry.id, entry)
        return entry

    def entries(self) -> list[Entry]:
        """What is to be brought home, the oldest first."""
        return sorted(self._all("notes", Entry), key=lambda one: (one.written_at, one.id))

    def refused(self, entry: Entry, why: str) -> None:
        """It stays, with the reason."""
        self._write("notes", entry.id, msgspec.structs.replace(entry, refused=why))

    def forget(self, id_: str) -> Entry:
        """Let go of one entry: it was brought, or is given up. Raises NotDone where there is no such one."""
        found = [one for one in self.entries() if _ID.fullmatch(id_) and one.id.startswith(id_)]
        if len(found) != 1:
            raise NotDone(f"there is no single note {id_!r}; `watchbill away list` has their numbers")
        (self._folder / "notes" / f"{found[0].id}.json").unlink(missing_ok=True)
        return found[0]

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold it while things are brought home. Raises NotDone where somebody else does that just now."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._folder / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise NotDone("another `watchbill away merge` brings these home just now; let it finish") from error
            yield

    def _all(self, room: str, kind: type[T]) -> Iterator[T]:
        for path in sorted((self._folder / room).glob("*.json")):
            try:
                yield msgspec.json.decode(path.read_bytes(), type=kind)
            except FileNotFoundError:  # it was brought home meanwhile
                continue
            except msgspec.DecodeError as error:
                raise NotDone(f"{path} cannot be read ({error}); mend it, or move it away: nothing was done") from error

    def _write(self, room: str, name: str, value: Struct) -> None:
        """A file whole or not at all, and on the disk before anybody is told that it is kept."""
        folder = self._folder / room
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        new, path = folder / f".{name}.{os.getpid()}", folder / f"{name}.json"
        try:
            with os.fdopen(os.open(new, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
                file.write(msgspec.json.encode(value))
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        except OSError as error:
            new.unlink(missing_ok=True)
            raise NotDone(f"{path}: {error.strerror}; nothing was kept, and nothing was lost") from error
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
