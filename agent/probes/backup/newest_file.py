"""When the newest file of each watched path was written."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources.files import NotReadable, newest
from checks.reading import CheckName, Item, Reading, Why


def look(at: Look) -> Looked:
    """The newest file's time of writing; None where no file matches."""
    for watched in at.asked.files:
        try:
            found = newest(watched)
        except NotReadable as error:
            yield at.gap("newest_file", Why.DENIED, str(error), watched.name)
            continue
        written = float(found[0].written_at) if found else None
        items = tuple(Item(file.name, file.size_words, file.written_at) for file in found[:5])
        yield Reading(CheckName("newest_file"), watched.name, written, at.now, at.next_look, items)


PROBE = Probe(CheckName("newest_file"), look)
