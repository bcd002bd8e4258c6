"""When the newest set of duplicity that can be restored from was begun, at each target."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import duplicity, logs
from checks.reading import CheckName, Item, Reading


def look(at: Look) -> Looked:
    """The newest restore point of each target; None where there is none at all."""
    for target in at.asked.duplicity:
        try:
            found = duplicity.sets(target)
        except logs.NotTold as error:
            yield logs.gap(at, "duplicity_backups", error, target.name)
            continue
        good = list(duplicity.usable(found))
        newest = tuple(Item(one.kind, since=one.at) for one in reversed(good[-duplicity.MOST_NAMED :]))
        bad = [one for one in reversed(found) if one.fault and not duplicity.is_going_on(one, at.now)]
        faults = tuple(Item("fault", f"{one.kind}: {one.fault}", one.at) for one in bad[: duplicity.MOST_NAMED])
        value = float(good[-1].at) if good else None
        yield Reading(CheckName("duplicity_backups"), target.name, value, at.now, at.next_look, (*newest, *faults))


PROBE = Probe(CheckName("duplicity_backups"), look, duplicity.fingerprint, seconds=60)
