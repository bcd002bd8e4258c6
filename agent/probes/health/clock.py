"""Whether the kernel's clock is synchronised."""

from __future__ import annotations

import platform

from agent.looking import Look, Looked, Probe
from checks.reading import CheckName, Why


def look(at: Look) -> Looked:
    """0 where the kernel says that its clock is synchronised, 1 where not."""
    if platform.system() != "Linux":
        yield at.gap("clock", Why.NOT_HERE, "not looked at on this system yet")
        return
    from agent.sources.timex import clock

    told = clock()
    if told is None:
        yield at.gap("clock", Why.DENIED, "the kernel does not say whether its clock is synchronised")
        return
    yield at.reading("clock", "", float(not told.is_synchronised))


PROBE = Probe(CheckName("clock"), look)
