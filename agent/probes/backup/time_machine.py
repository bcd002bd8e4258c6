"""When Time Machine made its newest backup on each destination."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, sessions, timemachine
from checks.reading import CheckName

_CHECK = "time_machine"


def look(at: Look) -> Looked:
    """The newest copy of each; None where no run made one; nothing where it is not used."""
    try:
        found = timemachine.sessions(at.root)
    except logs.NotTold as error:
        yield logs.gap(at, _CHECK, error)
        return
    yield from sessions.copies(at, _CHECK, found)


PROBE = Probe(CheckName(_CHECK), look, timemachine.fingerprint)
