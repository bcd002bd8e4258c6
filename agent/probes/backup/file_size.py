"""Whether the newest file of each watched path shrank against the ones before it."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources.files import NotReadable, newest
from checks.reading import CheckName, Item, Reading, Why

_FEWEST, _MOST = 3, 10


def look(at: Look) -> Looked:
    """The newest file's share of the median size of up to ten before it; None where there are too few."""
    for watched in at.asked.files:
        try:
            found = newest(watched)
        except NotReadable as error:
            yield at.gap("file_size", Why.DENIED, str(error), watched.name)
            continue
        earlier = [file.size for file in found[1 : _MOST + 1]]
        usual = _median(earlier) if len(earlier) >= _FEWEST else 0
        share = found[0].size / usual if usual else None
        items = tuple(Item(file.name, file.size_words, file.written_at) for file in found[: _MOST + 1])
        yield Reading(CheckName("file_size"), watched.name, share, at.now, at.next_look, items)


def _median(sizes: list[int]) -> float:
    """The middle one; `statistics` would cost a resident agent a megabyte."""
    ordered, middle = sorted(sizes), len(sizes) // 2
    return float(ordered[middle]) if len(sizes) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


PROBE = Probe(CheckName("file_size"), look)
