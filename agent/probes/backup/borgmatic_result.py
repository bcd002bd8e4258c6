"""How the last runs of borgmatic went, by its log: of each configuration, the last backup and the last check."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import borgmatic, borgmatic_log, logs
from checks.reading import CheckName, Instant, Item, Reading

Runs = dict[tuple[str, str], list[logs.Ended]]


def look(at: Look) -> Looked:
    """0 where the last backup and the last check that are over ended well, else 1; nothing where it is not used."""
    try:
        runs = borgmatic_log.last_runs(at.root) if borgmatic.is_used(at.root) else {}
    except logs.NotTold as error:
        yield logs.gap(at, "borgmatic_result", error)
        return
    for name in sorted({name for name, _ in runs}):
        if items := tuple(_items(runs, name, at.now)):
            value = 1.0 if any(item.name == "failed" for item in items) else 0.0
            yield Reading(CheckName("borgmatic_result"), name, value, at.now, at.next_look, items)


def _items(runs: Runs, name: str, now: Instant) -> list[Item]:
    """The last run of each kind: what is wrong first."""
    kinds = (borgmatic_log.BACKUP, borgmatic_log.CHECK)
    last = [(kind, run) for kind in kinds for run in logs.over(runs.get((name, kind), []), now)[-1:]]
    items = [
        Item("last run" if run.ended is not None and not run.error else "failed", _words(kind, run), run.started)
        for kind, run in last
    ]
    return sorted(items, key=lambda item: item.name)


def _words(kind: str, run: logs.Ended) -> str:
    if run.ended is None:
        return f"its last {kind} began and never ended"
    return f"its last {kind} failed: {run.error[:200]}" if run.error else f"its last {kind} ended well"


PROBE = Probe(CheckName("borgmatic_result"), look, borgmatic_log.fingerprint)
