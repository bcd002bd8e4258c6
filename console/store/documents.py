"""The published models: every revision its own file, as written and for ever; TinyDB keeps which one is in force.

Revisions are chained: `sha256(parent's hash + text)`. Number and parent are given by publishing; a first one is a
genesis, a stale base is refused (DESIGN, section 5).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from tinydb import TinyDB, where

from checks.reading import Instant
from console.store.careful import CarefulStorage, write_whole


class StaleBase(Exception):
    """Somebody published in between: says which revision is in force."""


class Tampered(Exception):
    """A revision is not what its hash says: names the file."""


class Revision(Struct, frozen=True):
    """One published document."""

    model: str
    number: int
    parent: int | None
    at: Instant
    author: str
    reason: str
    sha256: str


class Documents:
    """The published models under one folder. One process at a time: the daemon's lock sees to it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._index = TinyDB(folder / "index.json", storage=CarefulStorage)

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def head(self, model: str) -> Revision | None:
        """The revision in force; None where none was published."""
        return max(self.history(model), key=lambda revision: revision.number, default=None)

    def heads(self) -> list[Revision]:
        """The revision in force of every model, the provider first."""
        models = {row["model"] for row in self._index.all()}
        found = [head for model in models if (head := self.head(model))]
        return sorted(found, key=lambda head: (head.model != "provider", head.model))

    def history(self, model: str) -> list[Revision]:
        """Every revision of a model, oldest first."""
        rows = self._index.search(where("model") == model)
        return sorted((Revision(**row) for row in rows), key=lambda revision: revision.number)

    def text(self, revision: Revision) -> str:
        """A revision as it was written. Raises Tampered."""
        text = self._path(revision.model, revision.number).read_text()
        parent = next((one for one in self.history(revision.model) if one.number == revision.parent), None)
        if _hash(parent, text) != revision.sha256:
            raise Tampered(f"{self._path(revision.model, revision.number)} is not what was published")
        return text

    def publish(self, documents: Sequence[tuple[str, str]], author: str, reason: str, at: Instant) -> list[Revision]:
        """Put texts in force, all or none, as (model, text). One that is in force as it is keeps its revision."""
        revisions: list[Revision] = []
        new: list[Revision] = []
        for model, text in documents:
            head = self.head(model)
            if head is not None and self.text(head) == text:
                revisions.append(head)
                continue
            number = (head.number if head else 0) + 1
            parent = head.number if head else None
            new.append(Revision(model, number, parent, at, author, reason, _hash(head, text)))
            revisions.append(new[-1])
            path = self._path(model, number)
            path.parent.mkdir(exist_ok=True, mode=0o700)
            write_whole(path, text.encode())
        if new:
            self._index.insert_multiple([_row(revision) for revision in new])
        return revisions

    def broken(self) -> Iterator[str]:
        """What is wrong with the record of models; nothing, where all hashes hold."""
        for row in self._index.all():
            try:
                self.text(Revision(**row))
            except (Tampered, OSError) as error:
                yield str(error)

    def _path(self, model: str, number: int) -> Path:
        return self._folder / model / f"{number:04d}.yaml"


def _hash(parent: Revision | None, text: str) -> str:
    return hashlib.sha256(((parent.sha256 if parent else "") + text).encode()).hexdigest()


def _row(revision: Revision) -> dict[str, object]:
    return {name: getattr(revision, name) for name in revision.__struct_fields__}
