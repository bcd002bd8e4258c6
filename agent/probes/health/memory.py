"""How much of the memory is neither free nor can be given back at once."""

from __future__ import annotations

import psutil

from agent.looking import Look, Looked, Probe
from checks.reading import CheckName


def look(at: Look) -> Looked:
    """The used share of memory."""
    memory = psutil.virtual_memory()
    yield at.reading("memory", "", 1 - memory.available / memory.total)


PROBE = Probe(CheckName("memory"), look)
