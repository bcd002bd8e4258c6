"""When the newest backup on each target of btrbk was received, by its log."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import btrbk
from checks.reading import CheckName


def look(at: Look) -> Looked:
    """The newest that is on each target; None where what was sent is not there."""
    return btrbk.look(at, "btrbk_backups", btrbk.SENT)


PROBE = Probe(CheckName("btrbk_backups"), look)
