"""How many updates apt would install."""

from __future__ import annotations

from agent.looking import DEAR_EVERY, Look, Looked, Probe
from agent.sources import apt
from checks.reading import CheckName, Reading, Why

_MOST = 500


def look(at: Look) -> Looked:
    """How many updates wait, and which."""
    if not apt.is_here(at):
        yield at.gap("updates", Why.NOT_HERE, "this machine is not looked after by apt")
        return
    try:
        answer = apt.ask(at)
    except apt.AptSilent as error:
        yield at.gap("updates", Why.FAILED, str(error))
        return
    items = tuple(update.item for update in answer.updates[:_MOST])
    yield Reading(
        CheckName("updates"), "", float(len(answer.updates)), answer.taken_at, answer.taken_at + DEAR_EVERY, items
    )


PROBE = Probe(CheckName("updates"), look, apt.fingerprint, seconds=130)
