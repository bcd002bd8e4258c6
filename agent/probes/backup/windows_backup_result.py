"""How the last run of Windows Server Backup ended."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, sessions, wbadmin
from checks.reading import CheckName

_CHECK = "windows_backup_result"


def look(at: Look) -> Looked:
    """0 where the last run that is over ended well, else 1; nothing where it is not used."""
    try:
        found = wbadmin.sessions(at)
    except logs.NotTold as error:
        yield logs.gap(at, _CHECK, error)
        return
    yield from sessions.results(at, _CHECK, found)


PROBE = Probe(CheckName(_CHECK), look, wbadmin.hour, seconds=70)
