"""How many snapshots a Proxmox Backup Server found damaged when it verified them."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, pbs
from checks.reading import CheckName, Item, Reading
from checks.wording import counted

_CHECK = "pbs_verified"
_MOST_NAMED = 5


def look(at: Look) -> Looked:
    """Of each repository the snapshots whose last verification failed; None where none was ever verified."""
    for repository in at.asked.pbs:
        try:
            found = pbs.snapshots(repository)
        except logs.NotTold as error:
            yield logs.gap(at, _CHECK, error, repository.name)
            continue
        bad = [one for one in found if one.state == "failed"]
        unproven = sum(not one.state for one in found)
        named = tuple(Item(one.group, "failed", one.at) for one in reversed(bad[-_MOST_NAMED:]))
        words = counted(unproven, "was never verified", "were never verified")
        items = (*named, Item("unproven", words)) if unproven else named
        value = float(len(bad)) if any(one.state for one in found) else None
        yield Reading(CheckName(_CHECK), repository.name, value, at.now, at.next_look, items)


PROBE = Probe(CheckName(_CHECK), look, pbs.quarter, seconds=180)
