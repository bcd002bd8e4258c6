"""How long the machine has been up."""

from __future__ import annotations

import time

from agent.looking import Look, Looked, Probe
from checks.reading import CheckName


def look(at: Look) -> Looked:
    """Seconds since the start, suspended time included."""
    yield at.reading("uptime", "", time.clock_gettime(time.CLOCK_BOOTTIME))


PROBE = Probe(CheckName("uptime"), look)
