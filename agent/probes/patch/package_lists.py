"""When apt's package lists were last refreshed."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import apt
from checks.reading import CheckName, Why


def look(at: Look) -> Looked:
    """When the lists were refreshed; None where nothing tells."""
    if not apt.is_here(at):
        yield at.gap("package_lists", Why.NOT_HERE, "this machine is not looked after by apt")
        return
    refreshed = apt.refreshed_at(at)
    yield at.reading("package_lists", "", None if refreshed is None else float(refreshed))


PROBE = Probe(CheckName("package_lists"), look)
