"""When each package manager's lists were last fetched."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import packages
from checks.reading import CheckName, Why


def look(at: Look) -> Looked:
    """When the lists were fetched; None where nothing tells."""
    managers = [one for one in packages.here(at) if not one.subject]
    if not managers:
        yield at.gap("package_lists", Why.NOT_HERE, packages.NOBODY)
    for one in managers:
        refreshed = one.refreshed_at(at)
        yield at.reading("package_lists", one.subject, None if refreshed is None else float(refreshed))


PROBE = Probe(CheckName("package_lists"), look)
