"""The hand-over pack: everything that another provider needs to take a client over, as files of plain text."""

from __future__ import annotations

from msgspec import Struct

from checks.reading import Instant
from console.pages.verb import CLIENT, Argument, Role, Verb


class PackFile(Struct, frozen=True):
    """One file of a pack."""

    name: str
    text: str


class Pack(Struct, frozen=True):
    """All of them, and the revision that they were made from."""

    now: Instant
    client: str
    revision: int
    sha256: str
    """The hash of the revision in the chain of its client."""
    files: tuple[PackFile, ...]


VERBS: tuple[Verb, ...] = (
    Verb(
        "pack",
        "",
        "pack",
        "gather a client's model, open work, contacts and access notes for another provider, without any secret",
        Role.LEAD,
        Pack,
        (CLIENT, Argument("by", "who decides it, where that is not you", required=False)),
    ),
)
