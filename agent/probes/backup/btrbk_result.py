"""How the last run of btrbk went, by its log."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import btrbk, logs
from checks.reading import CheckName, Item, Reading
from checks.wording import duration

_LONGEST = 7 * 86_400
"""Seconds after which a run without an end is taken for killed: a first copy may take days."""


def look(at: Look) -> Looked:
    """0 where the last run that is over ended well, else 1; nothing where there was none."""
    try:
        runs = btrbk.runs(btrbk.log(at.root) or [])
    except logs.NotTold as error:
        yield logs.gap(at, "btrbk_result", error)
        return
    over = runs[:-1] + [run for run in runs[-1:] if run.ended or at.now - run.started > _LONGEST]
    for last in over[-1:]:
        items = (Item("last run", _words(last), last.started),)
        value = 0.0 if last.how == "success" else 1.0
        yield Reading(CheckName("btrbk_result"), "", value, at.now, at.next_look, items)


def _words(run: btrbk.Run) -> str:
    if run.ended is None:
        return "its last run began and never ended" + (f": {run.trouble}" if run.trouble else "")
    if run.how == "success":
        return f"its last run ended well in {duration(run.ended - run.started)}"
    return f"its last run failed at least in part: {run.trouble or run.how}"


PROBE = Probe(CheckName("btrbk_result"), look)
