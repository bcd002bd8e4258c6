"""How many tasks want each processor, over fifteen minutes."""

from __future__ import annotations

import os

import psutil

from agent.looking import Look, Looked, Probe
from checks.reading import CheckName, Why


def look(at: Look) -> Looked:
    """The 15-minute load average for each logical processor."""
    if not hasattr(os, "getloadavg"):
        yield at.gap("load", Why.NOT_HERE, "this system keeps no load average")
        return
    yield at.reading("load", "", os.getloadavg()[2] / (psutil.cpu_count() or 1))


PROBE = Probe(CheckName("load"), look)
