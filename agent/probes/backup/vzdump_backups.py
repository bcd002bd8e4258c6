"""When Proxmox VE last backed up each guest, by the node's index of tasks."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, proxmox, sessions
from checks.reading import CheckName

_CHECK = "vzdump_backups"


def look(at: Look) -> Looked:
    """The newest copy of each; None where no run made one; nothing where it is not used."""
    try:
        found = proxmox.sessions(at.root)
    except logs.NotTold as error:
        yield logs.gap(at, _CHECK, error)
        return
    yield from sessions.copies(at, _CHECK, found)


PROBE = Probe(CheckName(_CHECK), look, proxmox.fingerprint)
