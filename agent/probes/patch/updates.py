"""How many updates each package manager would install."""

from __future__ import annotations

from agent.looking import DEAR_EVERY, Look, Looked, Probe
from agent.sources import packages
from agent.sources.packages.updates import UpdatesSilent, ask
from checks.reading import CheckName, Reading, Why

_MOST = 500


def look(at: Look) -> Looked:
    """How many updates wait, and which; what is held back waits too."""
    managers = packages.here(at)
    if not managers:
        yield at.gap("updates", Why.NOT_HERE, packages.NOBODY)
    for one in managers:
        try:
            answer = ask(at, one)
        except UpdatesSilent as error:
            yield at.gap("updates", Why.FAILED, str(error), one.subject)
            continue
        waiting = [update for update in answer.updates if not update.is_notice]
        items = tuple(update.item for update in waiting[:_MOST])
        until = answer.taken_at + DEAR_EVERY
        yield Reading(CheckName("updates"), one.subject, float(len(waiting)), answer.taken_at, until, items)


PROBE = Probe(CheckName("updates"), look, packages.fingerprint, seconds=260)
