"""Flapping: a finding that turns bad and good again too often to be told each time (4.2). Pure.

It flaps from its fifth turn within an hour on, and until it has been still for half an hour. Icinga weighs the last
twenty results; a count within an hour says the same and can be told to a person. While it flaps it counts as bad: it
has one incident, and neither recovers nor relapses in it; afterwards its true state is told.
"""

from __future__ import annotations

from checks.finding import Status
from checks.reading import Instant
from console.incidents.events import Incident, Kind

TURNS = 5
WITHIN = 3600
STILL = 1800

Turns = tuple[Instant, ...]
"""When a finding last turned bad or stopped being bad: the newest few, oldest first."""


def crosses(was: Status, status: Status) -> bool:
    """Whether a change turns a finding bad, or ends that."""
    return (was is Status.BREACH) is not (status is Status.BREACH)


def turned(turns: Turns, at: Instant) -> Turns:
    """The turns that still count, with the one at `at`."""
    return (*(one for one in turns if at - WITHIN < one <= at), at)[-TURNS:]


def flapping_since(turns: Turns, before: Turns, since: Instant | None) -> Instant | None:
    """Since when it flaps, as its newest turn has it; `before` and `since` are how that stood until then."""
    at = turns[-1]
    if since is not None and flaps(before, since, at):
        return since
    return at if len(turns) >= TURNS else None


def flaps(turns: Turns, since: Instant | None, now: Instant) -> bool:
    """Whether it still flaps at `now`."""
    return since is not None and bool(turns) and now < turns[-1] + STILL


def is_flapping(incident: Incident) -> bool:
    """Whether something about an incident turns too often to be told each time."""
    last = {event.subject: event.kind for event in incident.events if event.kind in (Kind.FLAPPING, Kind.STEADY)}
    return Kind.FLAPPING in last.values()


def still_at(turns: Turns) -> Instant:
    """From when on it flaps no more, if nothing turns again."""
    return turns[-1] + STILL
