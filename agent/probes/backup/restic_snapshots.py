"""When the newest snapshot of each restic repository was made."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import restic
from checks.reading import CheckName, Reading


def look(at: Look) -> Looked:
    """The newest restore point of each repository; None where there is none at all."""
    for repository in at.asked.restic:
        try:
            found = restic.snapshots(repository)
        except restic.ResticSilent as error:
            yield restic.gap(at, "restic_snapshots", repository, error)
            continue
        newest = float(found.readable[-1][0]) if found.readable else None
        items = restic.items(found)
        yield Reading(CheckName("restic_snapshots"), repository.name, newest, at.now, at.next_look, items)


PROBE = Probe(CheckName("restic_snapshots"), look, restic.fingerprint, seconds=180)
