"""When the newest good session of each job of Veeam Agent ended."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, veeam
from checks.reading import CheckName, Item, Reading


def look(at: Look) -> Looked:
    """The newest good one of each job; None of a job that has none, and where no job ever ran."""
    if not veeam.is_here(at.root):
        return
    try:
        found = veeam.sessions(at.root) or {"": []}
    except logs.NotTold as error:
        yield logs.gap(at, "veeam_backups", error)
        return
    for job, runs in found.items():
        good = [one for one in runs if one.is_good]
        items = tuple(Item(one.state, since=one.ended) for one in reversed(good[-veeam.MOST_NAMED :]))
        value = float(good[-1].ended) if good else None
        yield Reading(CheckName("veeam_backups"), job, value, at.now, at.next_look, items)


PROBE = Probe(CheckName("veeam_backups"), look, veeam.quarter, seconds=70)
