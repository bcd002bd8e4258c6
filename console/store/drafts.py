"""Drafts: texts that somebody proposes, kept under the hash that each would get as a revision.

A draft that is published as it is keeps its hash, and with it what people said to it; one that is edited is another.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec import Struct
from tinydb import TinyDB, where

from checks.reading import Instant
from console.store.careful import write_whole


class Draft(Struct, frozen=True):
    """One proposed text."""

    model: str
    sha256: str
    base: int | None
    """The revision that it was edited from; None where there was none."""
    at: Instant
    author: str
    reason: str
    withdrawn_by: str = ""
    withdrawn_at: Instant | None = None


class Drafts:
    """The drafts beside the published models. What was proposed stays, also once it is published or withdrawn."""

    def __init__(self, index: TinyDB, folder: Path) -> None:
        self._table = index.table("drafts")
        self._folder = folder / "drafts"

    def all(self) -> list[Draft]:
        """Every draft, oldest first."""
        return sorted((Draft(**row) for row in self._table.all()), key=lambda draft: (draft.at, draft.sha256))

    def add(self, draft: Draft, text: str) -> Draft:
        """Keep a draft; the same text over the same base is the draft that is there, taken up again if withdrawn."""
        known = next((one for one in self.all() if one.sha256 == draft.sha256), None)
        if known is not None and known.withdrawn_at is None:
            return known
        self._folder.mkdir(exist_ok=True, mode=0o700)
        write_whole(self._path(draft.sha256), text.encode())
        self._table.upsert(_row(draft), where("sha256") == draft.sha256)
        return draft

    def text(self, draft: Draft) -> str:
        """A draft as it was written."""
        return self._path(draft.sha256).read_bytes().decode()

    def withdraw(self, sha256: str, by: str, at: Instant) -> None:
        """Take a draft back."""
        self._table.update({"withdrawn_by": by, "withdrawn_at": at}, where("sha256") == sha256)

    def _path(self, sha256: str) -> Path:
        return self._folder / f"{sha256}.yaml"


def hash_of(parent: str, text: str) -> str:
    """`H(parent's hash + content)` (I12); the parent of a first revision is ""."""
    return hashlib.sha256((parent + text).encode()).hexdigest()


def _row(draft: Draft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in draft.__struct_fields__}
