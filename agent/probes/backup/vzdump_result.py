"""How Proxmox VE's last backup of each guest ended."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, proxmox, sessions
from checks.reading import CheckName

_CHECK = "vzdump_result"


def look(at: Look) -> Looked:
    """0 where the last run that is over ended well, else 1; nothing where it is not used."""
    try:
        found = proxmox.sessions(at.root)
    except logs.NotTold as error:
        yield logs.gap(at, _CHECK, error)
        return
    yield from sessions.results(at, _CHECK, found)


PROBE = Probe(CheckName(_CHECK), look, proxmox.fingerprint)
