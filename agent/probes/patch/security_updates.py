"""Since when the oldest security update has been waiting."""

from __future__ import annotations

from agent.looking import DEAR_EVERY, Look, Looked, Probe
from agent.sources import apt
from checks.reading import CheckName, Reading, Why

_MOST = 500


def look(at: Look) -> Looked:
    """Since when the oldest security update has been seen here; None where none waits."""
    if not apt.is_here(at):
        yield at.gap("security_updates", Why.NOT_HERE, "this machine is not looked after by apt")
        return
    try:
        answer = apt.ask(at)
    except apt.AptSilent as error:
        yield at.gap("security_updates", Why.FAILED, str(error))
        return
    security = sorted((one for one in answer.updates if one.is_security), key=lambda one: (one.first_seen, one.name))
    oldest = float(security[0].first_seen) if security else None
    items = tuple(update.item for update in security[:_MOST])
    next_look = answer.taken_at + DEAR_EVERY
    yield Reading(CheckName("security_updates"), "", oldest, answer.taken_at, next_look, items)


PROBE = Probe(CheckName("security_updates"), look, apt.fingerprint, seconds=130)
