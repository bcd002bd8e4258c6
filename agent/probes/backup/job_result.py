"""How the last ended run of each wrapped job went."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.probes.backup.job import words
from agent.sources.jobs import is_running, runs
from checks.reading import CheckName, Item, Reading, Why
from checks.wording import duration


def look(at: Look) -> Looked:
    """0 where the last run that is over ended well, else 1; nothing of a job whose first run goes on."""
    try:
        found = list(runs(at.asked.jobs))
    except OSError as error:
        yield at.gap("job_result", Why.DENIED, f"{at.asked.jobs}: {error.strerror}")
        return
    for job, mine in found:
        over = [one for one in mine if not is_running(one)]
        for last in over[-1:]:
            took = f" in {duration(last.ended - last.started)}" if last.ended is not None else ""
            told = f"its last run ended well{took}" if last.status == 0 else words(last)
            value = 0.0 if last.status == 0 else 1.0
            items = (Item("last run", told, last.started),)
            yield Reading(CheckName("job_result"), job, value, at.now, at.next_look, items)


PROBE = Probe(CheckName("job_result"), look)
