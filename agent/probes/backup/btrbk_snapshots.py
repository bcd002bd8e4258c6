"""When btrbk made the newest snapshot of each subvolume, by its log."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import btrbk
from checks.reading import CheckName


def look(at: Look) -> Looked:
    """The newest that is beside each subvolume; None where none is."""
    return btrbk.look(at, "btrbk_snapshots", btrbk.SNAPSHOT)


PROBE = Probe(CheckName("btrbk_snapshots"), look)
