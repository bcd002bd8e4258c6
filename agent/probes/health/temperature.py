"""How hot the machine's sensors say it is."""

from __future__ import annotations

import psutil

from agent.looking import Look, Looked, Probe
from checks.reading import CheckName, Why


def look(at: Look) -> Looked:
    """The hottest reading of each sensor chip."""
    sensors = psutil.sensors_temperatures() if hasattr(psutil, "sensors_temperatures") else {}
    hottest = {chip: max(one.current for one in entries) for chip, entries in sensors.items() if entries}
    if not hottest:
        yield at.gap("temperature", Why.NOT_HERE, "this machine shows no temperature sensors")
    for chip, degrees in sorted(hottest.items()):
        yield at.reading("temperature", chip, degrees)


PROBE = Probe(CheckName("temperature"), look)
