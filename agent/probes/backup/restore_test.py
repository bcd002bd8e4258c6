"""When a restore of each backup was last proven, as `watchbill-agent restore-test` keeps it."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources.jobs import Run, is_running, runs
from checks.reading import CheckName, Item, Reading, Why
from checks.wording import duration


def look(at: Look) -> Looked:
    """The start of the last test where it went well; None where it failed, whatever went well before it."""
    folder = None if at.asked.jobs is None else at.asked.jobs.parent / "restore-tests"
    try:
        found = list(runs(folder)) if folder is not None and folder.is_dir() else []
    except OSError as error:
        yield at.gap("restore_test", Why.DENIED, f"{folder}: {error.strerror}")
        return
    for job, mine in found:
        for last in [one for one in mine if not is_running(one)][-1:]:
            value = float(last.started) if last.status == 0 else None
            items = (Item("last test", words(last), last.started),)
            yield Reading(CheckName("restore_test"), job, value, at.now, at.next_look, items)


def words(test: Run) -> str:
    """`took 40 min: three files compared`, `failed after 2 min: …`, or that nobody saw its end."""
    said = f": {test.said}" if test.said else ""
    if test.ended is None:
        return "began, and nobody saw its end"
    took = duration(test.ended - test.started)
    return f"took {took}{said}" if test.status == 0 else f"failed after {took}{said}"


PROBE = Probe(CheckName("restore_test"), look)
