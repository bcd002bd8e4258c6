"""When a snapshot of each group in a Proxmox Backup Server's datastore was last verified and found well."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, pbs
from checks.reading import CheckName, Item, Reading


def look(at: Look) -> Looked:
    """The newest verification that found a snapshot well; None where there was none."""
    for repository in at.asked.pbs:
        try:
            groups = pbs.groups(repository)
        except logs.NotTold as error:
            yield logs.gap(at, "pbs_verified", error, repository.name)
            continue
        for group, made in groups.items():
            proven = sorted((one.verified, one.time) for one in made if one.state == "ok")
            items = tuple(Item(time, since=when) for when, time in reversed(proven[-pbs.MOST_NAMED :]))
            value = float(proven[-1][0]) if proven else None
            yield Reading(CheckName("pbs_verified"), f"{repository.name} {group}", value, at.now, at.next_look, items)


PROBE = Probe(CheckName("pbs_verified"), look, pbs.hour, seconds=130)
