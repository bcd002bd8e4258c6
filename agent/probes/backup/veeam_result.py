"""How the last session of each job of Veeam Agent ended."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, veeam
from checks.reading import CheckName, Item, Reading

_VALUES = {"Success": 0.0, "Warning": 1.0}
_FAILED = 2.0


def look(at: Look) -> Looked:
    """0 where the last session that is over ended well, 1 with a warning, else 2."""
    if not veeam.is_here(at.root):
        return
    try:
        found = veeam.sessions(at.root)
    except logs.NotTold as error:
        yield logs.gap(at, "veeam_result", error)
        return
    for job, runs in found.items():
        last = runs[-1]
        items = (Item("last run", f"its last run ended with {last.state}", last.ended),)
        value = _VALUES.get(last.state, _FAILED)
        yield Reading(CheckName("veeam_result"), job, value, at.now, at.next_look, items)


PROBE = Probe(CheckName("veeam_result"), look, veeam.quarter, seconds=70)
