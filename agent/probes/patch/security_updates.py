"""Since when the oldest security update has been waiting, a restart included."""

from __future__ import annotations

from agent.looking import DEAR_EVERY, Look, Looked, Probe
from agent.sources import packages, restart
from agent.sources.packages.updates import Answer, UpdatesSilent, ask
from checks.reading import CheckName, Item, Reading, Why

_CHECK = "security_updates"
_MOST = 500


def look(at: Look) -> Looked:
    """Since when the oldest security update has been available; None where none waits.

    What is installed and waits for a restart is missing still: nobody tells whether it was for security, so it counts.
    """
    managers = [one for one in packages.here(at) if not one.subject]
    if not managers:
        yield at.gap(_CHECK, Why.NOT_HERE, packages.NOBODY)
    for one in managers:
        not_told = one.no_security(at)
        if not_told:
            yield at.gap(_CHECK, Why.NOT_HERE, not_told)
            continue
        try:
            answer = ask(at, one)
        except UpdatesSilent as error:
            yield at.gap(_CHECK, Why.FAILED, str(error))
            continue
        missing = [update.item for update in answer.updates if update.is_security] + restart.wanting(at)
        missing.sort(key=lambda item: (item.since or answer.taken_at, item.name))
        oldest = _oldest(missing, answer)
        until = answer.taken_at + DEAR_EVERY
        yield Reading(CheckName(_CHECK), "", oldest, answer.taken_at, until, tuple(missing[:_MOST]))


def _oldest(missing: list[Item], answer: Answer) -> float | None:
    return float(missing[0].since or answer.taken_at) if missing else None


def _fingerprint(at: Look) -> str:
    return f"{packages.fingerprint(at)} {restart.fingerprint(at)}"


PROBE = Probe(CheckName(_CHECK), look, _fingerprint, seconds=260)
