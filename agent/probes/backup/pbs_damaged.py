"""How many snapshots of each group in a Proxmox Backup Server's datastore failed their last verification."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, pbs
from checks.reading import CheckName, Item, Reading


def look(at: Look) -> Looked:
    """The number of snapshots that are known to be damaged, the newest of them named."""
    for repository in at.asked.pbs:
        try:
            groups = pbs.groups(repository)
        except logs.NotTold as error:
            yield logs.gap(at, "pbs_damaged", error, repository.name)
            continue
        for group, made in groups.items():
            bad = [one for one in made if one.state == "failed"]
            items = tuple(Item(one.time, since=one.verified) for one in reversed(bad[-pbs.MOST_NAMED :]))
            subject = f"{repository.name} {group}"
            yield Reading(CheckName("pbs_damaged"), subject, float(len(bad)), at.now, at.next_look, items)


PROBE = Probe(CheckName("pbs_damaged"), look, pbs.hour, seconds=130)
