"""When borgmatic last checked each of its repositories, by the notes that it keeps of checks that ended well."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import borgmatic, logs
from checks.reading import CheckName, Item, Reading


def look(at: Look) -> Looked:
    """The newest check of each repository; None where none was ever noted; nothing where borgmatic is not used."""
    try:
        if not borgmatic.is_used(at.root):
            return
        noted = borgmatic.checked(at.root)
    except logs.NotTold as error:
        yield logs.gap(at, "borgmatic_check", error)
        return
    for one in noted or [borgmatic.Checked("", ())]:
        items = tuple(Item(kind, since=when) for when, kind in reversed(one.kinds))
        newest = float(one.kinds[-1][0]) if one.kinds else None
        yield Reading(CheckName("borgmatic_check"), one.repository, newest, at.now, at.next_look, items)


PROBE = Probe(CheckName("borgmatic_check"), look)
