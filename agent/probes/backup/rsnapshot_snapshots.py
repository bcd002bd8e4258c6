"""When the newest whole snapshot of rsnapshot was made, by its log."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, rsnapshot
from checks.reading import CheckName, Item, Reading


def look(at: Look) -> Looked:
    """The end of the last good run while its folder is there; None where none is; nothing where it is not used."""
    try:
        found = rsnapshot.kept(at.root)
        if found is None:
            return
        runs, is_there = rsnapshot.last_runs(found), rsnapshot.has_newest(found)
    except logs.NotTold as error:
        yield logs.gap(at, "rsnapshot_snapshots", error)
        return
    good = [run.ended for run in runs if run.ended is not None and not run.error]
    newest = float(good[-1]) if good and is_there else None
    items = (Item(str(found.root)),)
    yield Reading(CheckName("rsnapshot_snapshots"), found.interval, newest, at.now, at.next_look, items)


PROBE = Probe(CheckName("rsnapshot_snapshots"), look)
