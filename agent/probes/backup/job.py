"""When the last good run of each wrapped job began."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources.jobs import Run, is_running, runs
from checks.reading import CheckName, Item, Reading, Why
from checks.wording import duration


def look(at: Look) -> Looked:
    """The start of the last good run of every job; None where none was good."""
    try:
        found = list(runs(at.asked.jobs))
    except OSError as error:
        yield at.gap("job", Why.DENIED, f"{at.asked.jobs}: {error.strerror}")
        return
    for job, mine in found:
        good = [one.started for one in mine if one.status == 0]
        items = tuple(Item("last run", words(one), one.started) for one in mine[-1:])
        yield Reading(CheckName("job"), job, float(good[-1]) if good else None, at.now, at.next_look, items)


def words(run: Run) -> str:
    """How a run went: `good`, `failed with exit code 1: disk full`, `began and never ended`, `still runs`."""
    if run.status == 0:
        return "good"
    said = f": {run.said}" if run.said else ""
    if run.status is not None and run.ended is not None:
        return f"the last run failed after {duration(run.ended - run.started)} with exit code {run.status}{said}"
    if is_running(run):
        return "it runs now"
    return "the last run began and nobody saw its end: it was killed, or the machine stopped"


PROBE = Probe(CheckName("job"), look)
