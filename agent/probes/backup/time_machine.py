"""When the newest Time Machine backup at each destination was made."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, time_machine
from checks.reading import CheckName, Item, Reading


def look(at: Look) -> Looked:
    """The newest backup of each destination; None where it has none; nothing where there is no destination."""
    try:
        found = time_machine.destinations(at.root)
    except logs.NotTold as error:
        yield logs.gap(at, "time_machine", error)
        return
    for one in found:
        newest = tuple(Item("backup", since=made) for made in reversed(one.backups[-time_machine.MOST_NAMED :]))
        faults = tuple(Item("fault", fault) for fault in one.faults)
        value = float(one.backups[-1]) if one.backups else None
        yield Reading(CheckName("time_machine"), one.name, value, at.now, at.next_look, (*newest, *faults))


PROBE = Probe(CheckName("time_machine"), look)
