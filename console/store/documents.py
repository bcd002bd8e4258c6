"""The published models: every revision its own file, as written and for ever; TinyDB keeps which one is in force.

Revisions are chained: `sha256(parent's hash + text)`. Number and parent are given by publishing; a first one is a
genesis, a stale base is refused (DESIGN, section 5). Drafts wait beside them, under the hash that they would get.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from tinydb import TinyDB, where

from checks.reading import Instant
from console.operating_model.lineage import without_base
from console.store.careful import CarefulStorage, write_whole
from console.store.drafts import Drafts, hash_of


class Edition(Struct, frozen=True):
    """A text that somebody wants in force."""

    model: str
    text: str
    base: int | None = None
    """The number of the revision that it was edited from; None for a first one."""


class Revision(Struct, frozen=True):
    """One published document."""

    model: str
    number: int
    parent: int | None
    at: Instant
    author: str
    reason: str
    sha256: str


class StaleBase(Exception):
    """A text was not edited from what is in force: `head` says what is, None where nothing was published yet."""

    def __init__(self, edition: Edition, head: Revision | None) -> None:
        super().__init__(f"{edition.model}: base {edition.base}, in force {head.number if head else None}")
        self.edition = edition
        self.head = head


class Tampered(Exception):
    """A revision is not what its hash says: names the file."""


class Documents:
    """The published models under one folder. One process at a time: the daemon's lock sees to it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._index = TinyDB(folder / "index.json", storage=CarefulStorage)
        self._one_at_a_time = threading.RLock()
        self.drafts = Drafts(self._index, folder)

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def head(self, model: str) -> Revision | None:
        """The revision in force; None where none was published."""
        return max(self.history(model), key=lambda revision: revision.number, default=None)

    def heads(self) -> list[Revision]:
        """The revision in force of every model, the provider first."""
        with self._one_at_a_time:  # pages are read in threads too
            models = {row["model"] for row in self._index.all()}
            found = [head for model in models if (head := self.head(model))]
        return sorted(found, key=lambda head: (head.model != "provider", head.model))

    def history(self, model: str) -> list[Revision]:
        """Every revision of a model, oldest first."""
        with self._one_at_a_time:
            rows = self._index.search(where("model") == model)
        return sorted((Revision(**row) for row in rows), key=lambda revision: revision.number)

    def revision(self, model: str, number: int | None) -> Revision | None:
        """One revision of a model; None where there is no such."""
        return next((one for one in self.history(model) if one.number == number), None)

    def text(self, revision: Revision) -> str:
        """A revision as it was written. Raises Tampered."""
        path = self._path(revision.model, revision.number)
        text = _read(path)
        if hash_of(self._hash_of(revision.model, revision.parent), text) != revision.sha256:
            raise Tampered(f"{path} is not what was published")
        return text

    def would_be(self, edition: Edition) -> str:
        """The hash that a text gets once it is published over its base (I12): what sign-offs of a draft name."""
        return hash_of(self._hash_of(edition.model, edition.base), edition.text)

    def changed(self, editions: Sequence[Edition]) -> list[Edition]:
        """Those that say something else than what is in force. Raises StaleBase."""
        return [one for one in editions if self._next(one, "", "", 0) != self.head(one.model)]

    def publish(self, editions: Sequence[Edition], author: str, reason: str, at: Instant) -> list[Revision]:
        """Put texts in force, all or none. One that says what is in force keeps its revision. Raises StaleBase."""
        with self._one_at_a_time:
            revisions = [self._next(edition, author, reason, at) for edition in editions]
            new = [
                (edition, revision)
                for edition, revision in zip(editions, revisions, strict=True)
                if revision != self.head(edition.model)
            ]
            for edition, revision in new:
                path = self._path(revision.model, revision.number)
                path.parent.mkdir(exist_ok=True, mode=0o700)
                write_whole(path, edition.text.encode())
            if new:
                self._index.insert_multiple([_row(revision) for _, revision in new])
            return revisions

    def broken(self, models: Iterable[str] | None = None) -> Iterator[str]:
        """What is wrong with the record of these models, or of all; nothing, where numbers follow and hashes hold."""
        for head in (one for one in self.heads() if models is None or one.model in models):
            history = self.history(head.model)
            for place, one in enumerate(history, 1):
                if (one.number, one.parent) != (place, place - 1 or None):
                    yield f"{one.model}: revision {place} is missing, or stands in the index twice"
                try:
                    self.text(one)
                except (Tampered, OSError) as error:
                    yield str(error)

    def _next(self, edition: Edition, author: str, reason: str, at: Instant) -> Revision:
        """The revision that an edition becomes; the head, where it says nothing else. Raises StaleBase."""
        head = self.head(edition.model)
        if head is not None and without_base(self.text(head)) == without_base(edition.text):
            return head
        if edition.base != (head.number if head else None):
            raise StaleBase(edition, head)
        number = (head.number if head else 0) + 1
        return Revision(edition.model, number, edition.base, at, author, reason, self.would_be(edition))

    def _hash_of(self, model: str, number: int | None) -> str:
        found = self.revision(model, number)
        return found.sha256 if found else ""

    def _path(self, model: str, number: int) -> Path:
        return self._folder / model / f"{number:04d}.yaml"


def _read(path: Path) -> str:
    """The file as it was written, its ends of lines included."""
    return path.read_bytes().decode()


def _row(revision: Revision) -> dict[str, object]:
    return {name: getattr(revision, name) for name in revision.__struct_fields__}
