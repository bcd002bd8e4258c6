"""Whether installed updates wait for a restart."""

from __future__ import annotations

import platform

from agent.looking import Look, Looked, Probe
from agent.sources import restart
from checks.reading import CheckName, Reading, Why


def look(at: Look) -> Looked:
    """1 where a package asked for a restart, a newer kernel is installed, or the running one's modules are gone."""
    if platform.system() not in ("Linux", "Windows"):
        yield at.gap("restart_required", Why.NOT_HERE, "not looked at on this system yet")
        return
    items = tuple(restart.wanting(at))
    yield Reading(CheckName("restart_required"), "", float(bool(items)), at.now, at.next_look, items)


PROBE = Probe(CheckName("restart_required"), look)
