"""The names that a client's document may point at: its own, and the provider's people and teams."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from console.operating_model.document import Path
from console.operating_model.problems import nearest
from console.operating_model.schema.client import ClientDoc, ProviderDoc

Told = Iterator[tuple[Path, str]]


@dataclass(frozen=True, slots=True)
class Known:
    """Names by what they name."""

    people: frozenset[str]
    teams: frozenset[str]
    calendars: frozenset[str]
    parts: frozenset[str]
    """Hosts, services and externals: what a service can stand on."""

    @classmethod
    def of(cls, doc: ClientDoc, provider: ProviderDoc | None) -> Known:
        """The names of a client's document, the baseline already in it."""
        return cls(
            people=frozenset({*doc.people, *(provider.people if provider else ())}),
            teams=frozenset({*doc.teams, *(provider.teams if provider else ())}),
            calendars=frozenset({"always", *doc.calendars}),
            parts=frozenset({*doc.hosts, *doc.services, *doc.externals}),
        )


def unknown(kind: str, word: str, known: Collection[str]) -> str:
    """The sentence that says so, with the nearest name."""
    return f"there is no {kind} {word!r}{nearest(word, known)}"


def each(at: Path, kind: str, words: Iterable[str], known: Collection[str]) -> Told:
    """Every word of the list at `at` that names nothing."""
    for place, word in enumerate(words):
        if word not in known:
            yield (*at, place), unknown(kind, word, known)


def one(at: Path, kind: str, word: str, known: Collection[str]) -> Told:
    """A word that may be left out, and else names something."""
    if word and word not in known:
        yield at, unknown(kind, word, known)
