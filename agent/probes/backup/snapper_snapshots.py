"""When the newest whole snapshot of each snapper configuration was made."""

from __future__ import annotations

from agent.looking import Look, Looked, Probe
from agent.sources import logs, snapper
from checks.reading import CheckName, Gap, Item, Reading, Why
from checks.wording import counted

_CHECK = "snapper_snapshots"


def look(at: Look) -> Looked:
    """The newest snapshot of each that makes them by the clock; None where there is none; nothing without snapper."""
    try:
        names = snapper.names(at.root)
    except logs.NotTold as error:
        yield logs.gap(at, _CHECK, error)
        return
    for name in names:
        try:
            yield _seen(at, name)
        except logs.NotTold as error:
            yield logs.gap(at, _CHECK, error, name)


def _seen(at: Look, name: str) -> Reading | Gap:
    config = snapper.config(at.root, name)
    if not config.is_timed:
        return at.gap(_CHECK, Why.NOT_HERE, "makes no snapshots by the clock (TIMELINE_CREATE)", name)
    return _reading(at, name, snapper.newest(config))


def _reading(at: Look, name: str, newest: snapper.Newest) -> Reading:
    known = () if newest.at is None else (Item(f"snapshot {newest.number}", since=newest.at),)
    words = counted(newest.broken, "newer one is not whole", "newer ones are not whole")
    broken = (Item("broken", words),) if newest.broken else ()
    value = None if newest.at is None else float(newest.at)
    return Reading(CheckName(_CHECK), name, value, at.now, at.next_look, (*known, *broken))


PROBE = Probe(CheckName(_CHECK), look)
