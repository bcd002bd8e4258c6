"""How Time Machine's last run to each destination ended."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, sessions, timemachine
from checks.reading import CheckName

_CHECK = "time_machine_result"


def look(at: Look) -> Looked:
    """0 where the last run that is over ended well, else 1; nothing where it is not used."""
    try:
        found = timemachine.sessions(at.root)
    except logs.NotTold as error:
        yield logs.gap(at, _CHECK, error)
        return
    yield from sessions.results(at, _CHECK, found)


PROBE = Probe(CheckName(_CHECK), look, timemachine.fingerprint)
