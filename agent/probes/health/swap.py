"""How much of the swap space is used."""

from __future__ import annotations

import warnings

import psutil

from agent.looking import Look, Looked, Probe
from checks.reading import CheckName, Why


def look(at: Look) -> Looked:
    """The used share of the swap space."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # psutil warns where a container hides /proc/vmstat's counters
        swap = psutil.swap_memory()
    if not swap.total:
        yield at.gap("swap", Why.NOT_HERE, "this machine has no swap space")
        return
    yield at.reading("swap", "", swap.used / swap.total)


PROBE = Probe(CheckName("swap"), look)
