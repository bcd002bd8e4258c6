"""Whether the last backup that duplicity began at each target came to its end there."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import duplicity, logs
from checks.reading import CheckName, Item, Reading


def look(at: Look) -> Looked:
    """0 where the newest set that is over is whole, else 1; nothing where none is over yet."""
    for target in at.asked.duplicity:
        try:
            over = [one for one in duplicity.sets(target) if not duplicity.is_going_on(one, at.now)]
        except logs.NotTold as error:
            yield logs.gap(at, "duplicity_result", error, target.name)
            continue
        for last in over[-1:]:
            told = f"its last backup ({last.kind}) is not whole: {last.fault}" if last.fault else ""
            items = (Item("last run", told or f"its last backup ({last.kind}) ended well", last.at),)
            value = 1.0 if last.fault else 0.0
            yield Reading(CheckName("duplicity_result"), target.name, value, at.now, at.next_look, items)


PROBE = Probe(CheckName("duplicity_result"), look, duplicity.fingerprint, seconds=60)
