"""When the newest restore point of each job of Veeam Agent was made."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, sessions, veeam
from checks.reading import CheckName

_CHECK = "veeam_backups"


def look(at: Look) -> Looked:
    """The newest copy of each; None where no run made one; nothing where it is not used."""
    try:
        found = veeam.sessions(at)
    except logs.NotTold as error:
        yield logs.gap(at, _CHECK, error)
        return
    yield from sessions.copies(at, _CHECK, found)


PROBE = Probe(CheckName(_CHECK), look, veeam.quarter, seconds=70)
