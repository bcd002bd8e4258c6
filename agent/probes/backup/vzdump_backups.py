"""When the newest backup of each guest of a Proxmox VE node was begun, of those that lie there as archives."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, vzdump
from checks.reading import CheckName, Item, Reading


def look(at: Look) -> Looked:
    """The newest archive of each guest; None where it has none; nothing of those backed up to a server."""
    try:
        if not vzdump.is_node(at.root):
            return
        guests, archives = vzdump.guests(at.root), vzdump.archives(at.root)
        elsewhere, is_told = vzdump.kept_elsewhere(at.root), not vzdump.has_server(at.root)
    except logs.NotTold as error:
        yield logs.gap(at, "vzdump_backups", error)
        return
    for guest in (one for one in guests if one not in elsewhere):
        made = archives.get(guest, [])
        newest = tuple(Item(one.name, since=one.made) for one in reversed(made[-vzdump.MOST_NAMED :]))
        if made or is_told:
            value = float(made[-1].made) if made else None
            yield Reading(CheckName("vzdump_backups"), guest, value, at.now, at.next_look, newest)


def quarter(at: Look) -> str:
    """Nothing cheap tells of a new archive: storages are mounted from elsewhere."""
    return f"{at.now // 900}" if vzdump.is_node(at.root) else "no node"


PROBE = Probe(CheckName("vzdump_backups"), look, quarter, seconds=30)
