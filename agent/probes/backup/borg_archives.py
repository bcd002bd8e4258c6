"""When the newest archive of each borg repository was begun."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import borg
from checks.reading import CheckName, Reading, Why


def look(at: Look) -> Looked:
    """The newest restore point of each repository; None where there is none at all."""
    for repository in at.asked.borg:
        try:
            found = borg.archives(repository)
        except borg.BorgSilent as error:
            yield at.gap("borg_archives", Why.FAILED, str(error), repository.name)
            continue
        newest = float(found[-1][0]) if found else None
        yield Reading(CheckName("borg_archives"), repository.name, newest, at.now, at.next_look, borg.items(found))


PROBE = Probe(CheckName("borg_archives"), look, borg.fingerprint, seconds=180)
