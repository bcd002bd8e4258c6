"""Whether the updates that install themselves do so."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, unattended
from checks.reading import CheckName, Item, Reading

_CHECK = "automatic_updates"
_RUNS_WITHIN = 3 * 86_400
"""Seconds: apt's timer runs it every day."""


def look(at: Look) -> Looked:
    """0 where the last run that is over ended well and is not long ago, else 1; nothing where nobody switched it on."""
    try:
        if not unattended.is_on(at.root):
            return
        runs = logs.over(unattended.runs(at.root), at.now)
    except logs.NotTold as error:
        yield logs.gap(at, _CHECK, error)
        return
    last = runs[-1] if runs else None
    words = _words(last, at.now)
    items = (Item("last run", words or "its last run ended well", last.started if last else None),)
    yield Reading(CheckName(_CHECK), "", float(bool(words)), at.now, at.next_look, items)


def _words(last: logs.Ended | None, now: int) -> str:
    """What is wrong; empty where nothing is."""
    if last is None:
        return "is switched on, and never ran"
    if last.error:
        return f"its last run failed: {last.error[:200]}"
    if last.ended is None:
        return "its last run began and never ended"
    return "has not run for days" if now - last.started > _RUNS_WITHIN else ""


PROBE = Probe(CheckName(_CHECK), look)
