"""When Windows Server Backup made its newest good backup."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, sessions, wbadmin
from checks.reading import CheckName

_CHECK = "windows_backup"


def look(at: Look) -> Looked:
    """The newest copy of each; None where no run made one; nothing where it is not used."""
    try:
        found = wbadmin.sessions(at)
    except logs.NotTold as error:
        yield logs.gap(at, _CHECK, error)
        return
    yield from sessions.copies(at, _CHECK, found)


PROBE = Probe(CheckName(_CHECK), look, wbadmin.hour, seconds=70)
