"""How the last run of rsnapshot went, by its log."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, rsnapshot
from checks.reading import CheckName, Item, Reading
from checks.wording import duration


def look(at: Look) -> Looked:
    """0 where the last run that is over ended well, else 1; nothing where there was none."""
    try:
        found = rsnapshot.kept(at.root)
        runs = [] if found is None else rsnapshot.last_runs(found)
    except logs.NotTold as error:
        yield logs.gap(at, "rsnapshot_result", error)
        return
    for last in logs.over(runs, at.now)[-1:]:
        value = 0.0 if last.ended is not None and not last.error else 1.0
        items = (Item("last run", _words(last), last.started),)
        yield Reading(
            CheckName("rsnapshot_result"), found.interval if found else "", value, at.now, at.next_look, items
        )


def _words(run: logs.Ended) -> str:
    if run.ended is None:
        return "its last run began and never ended"
    if run.error:
        return f"its last run failed: {run.error[:200]}"
    return f"its last run ended well in {duration(run.ended - run.started)}"


PROBE = Probe(CheckName("rsnapshot_result"), look)
