"""When the newest snapshot of each group on a Proxmox Backup Server was made."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, pbs
from checks.reading import CheckName, Item, Reading

_CHECK = "pbs_snapshots"


def look(at: Look) -> Looked:
    """The newest snapshot of each group that nobody found damaged; None where a repository has none."""
    for repository in at.asked.pbs:
        try:
            found = pbs.snapshots(repository)
        except logs.NotTold as error:
            yield logs.gap(at, _CHECK, error, repository.name)
            continue
        newest: dict[str, int | None] = {one.group: None for one in found}
        newest |= {one.group: one.at for one in found if one.state != "failed"}
        for group, made in sorted(newest.items()) or [("", None)]:
            items = (Item("snapshot", since=made),) if made else ()
            value = None if made is None else float(made)
            subject = f"{repository.name} {group}".strip()
            yield Reading(CheckName(_CHECK), subject, value, at.now, at.next_look, items)


PROBE = Probe(CheckName(_CHECK), look, pbs.quarter, seconds=180)
