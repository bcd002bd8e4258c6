"""Bringing notes and times home: each counts once, whatever is cut off on the way; what is refused stays."""

from __future__ import annotations

from dataclasses import dataclass

from console.client.client import Client, Refused
from console.field.cache import Cache, Entry
from console.pages.plain import instant


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one entry."""

    entry: Entry
    told: str
    """What the desk answered, or why it refused."""
    is_refused: bool


def merge(cache: Cache, client: Client) -> list[Brought]:
    """Bring everything home, the oldest first. Raises NotReachable, and NotDone where another merge runs.

    An entry is forgotten once the desk has it in its record. Where that was not heard any more, it is brought again,
    and the desk knows it by its number.
    """
    with cache.alone():
        return [_bring(cache, client, entry) for entry in cache.entries()]


def _bring(cache: Cache, client: Client, entry: Entry) -> Brought:
    verb = "log-time" if entry.minutes else "note"
    said: dict[str, object] = {"incident": entry.incident, "id": entry.id, "written": instant(entry.written_at)}
    said |= {"client": entry.client} if entry.client else {}
    said |= {"text": entry.text} if entry.text else {}
    said |= {"minutes": entry.minutes, "travel": entry.travel} if entry.minutes else {"told": entry.told}
    try:
        told = client.do(verb, **said).text
    except Refused as error:
        why = f"{error.text}; {error.what_to_do}".removesuffix("; ")
        cache.refused(entry, why)
        return Brought(entry, why, is_refused=True)
    cache.forget(entry.id)
    return Brought(entry, told, is_refused=False)
