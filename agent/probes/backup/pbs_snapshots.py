"""When the newest whole snapshot of each group in a Proxmox Backup Server's datastore was made."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, pbs
from checks.reading import CheckName, Item, Reading


def look(at: Look) -> Looked:
    """The newest of each group; None of a group that has no whole one, and of a datastore without any group."""
    for repository in at.asked.pbs:
        try:
            groups = pbs.groups(repository) or {"": []}
        except logs.NotTold as error:
            yield logs.gap(at, "pbs_snapshots", error, repository.name)
            continue
        for group, made in groups.items():
            whole = [one for one in made if one.is_whole]
            items = tuple(Item(one.time, since=one.made) for one in reversed(whole[-pbs.MOST_NAMED :]))
            value = float(whole[-1].made) if whole else None
            subject = f"{repository.name} {group}".strip()
            yield Reading(CheckName("pbs_snapshots"), subject, value, at.now, at.next_look, items)


PROBE = Probe(CheckName("pbs_snapshots"), look, pbs.hour, seconds=130)
