"""What each event does to an incident (operating-model.md, 4.2 and 4.3), the state having been asked before. Pure."""

from __future__ import annotations

from msgspec import structs

from checks.reading import Instant
from console.incidents.events import Event, Incident, Kind, NotAllowed, Wait, tells_client


def worse(one: Incident, event: Event) -> Incident:
    """Another subject went bad, or one went bad again."""
    return structs.replace(one, bad=one.bad | {event.subject}, recovered_at=None)


def recovered(one: Incident, event: Event) -> Incident:
    """A subject is good; the incident once all are."""
    left = one.bad - {event.subject}
    return structs.replace(one, bad=left, recovered_at=None if left else event.at)


def cleared(one: Incident, event: Event) -> Incident:  # noqa: ARG001 - every step is made of both
    """Good for long enough, and nobody had taken it."""
    if one.owner or one.recovered_at is None:
        raise NotAllowed(f"incident {one.number} does not clear by itself: {one.owner or 'the evidence'} says so")
    return structs.replace(one, state="resolved", cleared=True, resolved_at=one.recovered_at)


def owned(one: Incident, event: Event) -> Incident:
    """Somebody took it: the own clock stops at the first time."""
    if not event.by:
        raise NotAllowed(f"only a person can own incident {one.number}")
    first = event.at if one.owned_at is None else one.owned_at
    return structs.replace(_picked_up(one, event.at), owner=event.by, owned_at=first, state="owned")


def noted(one: Incident, event: Event) -> Incident:
    """A note is work; one that says by which channel the client was told is the first response."""
    first = one.first_response_at
    if first is None and tells_client(event):
        first = event.at
    return structs.replace(one, state="working" if one.state == "owned" else one.state, first_response_at=first)


def stepped(one: Incident, event: Event) -> Incident:
    """A step of the runbook is done or skipped."""
    steps = one.steps if event.subject in one.steps else (*one.steps, event.subject)
    return structs.replace(one, state="working", steps=steps)


def paused(one: Incident, event: Event) -> Incident:
    """Work waits from now on."""
    return structs.replace(one, state="pending", waits=(*one.waits, Wait(event.reason, event.at, event.until)))


def resumed(one: Incident, event: Event) -> Incident:
    """Work goes on."""
    return structs.replace(_went_on(one, event.at), state="working")


def graded(one: Incident, event: Event) -> Incident:
    """Another severity holds from now on."""
    if event.severity is None or event.severity is one.severity:
        raise NotAllowed(f"incident {one.number} is {one.severity.value} already; name another severity")
    return structs.replace(one, graded=(*one.graded, (event.at, event.severity)))


def reassigned(one: Incident, event: Event) -> Incident:
    """Somebody else owns it from now on; no clock restarts."""
    if not event.to or event.to == one.owner:
        raise NotAllowed(f"incident {one.number} is {one.owner}'s already; name somebody else")
    return structs.replace(one, owner=event.to, offered_to="", offered_at=None)


def offered(one: Incident, event: Event) -> Incident:
    """A hand-over waits to be accepted."""
    if not event.to or event.to == one.owner:
        raise NotAllowed(f"incident {one.number} is {one.owner}'s already; offer it to somebody else")
    return structs.replace(one, offered_to=event.to, offered_at=event.at)


def accepted(one: Incident, event: Event) -> Incident:
    """Whom it was offered to owns it from now on (TL7: no second is without an owner)."""
    if not one.offered_to or one.offered_to != event.by:
        who = one.offered_to or "nobody"
        raise NotAllowed(f"incident {one.number} is offered to {who}, so {event.by} cannot accept it")
    return structs.replace(one, owner=event.by, offered_to="", offered_at=None)


def released(one: Incident, event: Event) -> Incident:
    """Back to the queue: the own promise stays as it is, and a stopwatch runs until somebody takes it again."""
    return structs.replace(one, state="new", owner="", released_at=event.at, offered_to="", offered_at=None)


def child(one: Incident, event: Event) -> Incident:
    """A symptom; whoever merges two says that they are one, the console may be wrong."""
    if event.parent in (0, one.number) or not one.is_open:
        raise NotAllowed(f"incident {one.number} is {one.state}; it cannot be {event.kind.value} now")
    ended = event.at if event.by else None
    return structs.replace(_went_on(one, event.at), state="child", parent=event.parent, resolved_at=ended)


def freed(one: Incident, event: Event) -> Incident:
    """It stands for itself again."""
    if not one.parent or not one.is_open:
        raise NotAllowed(f"incident {one.number} is {one.state}; it cannot be {event.kind.value} now")
    return structs.replace(one, state="owned" if one.owner else "new", parent=0, freed_at=event.at)


def resolved(one: Incident, event: Event) -> Incident:
    """Evidence beats memory: it ends when the evidence turned good, not when somebody says so (4.3)."""
    vouched = _vouched(one, event)
    if vouched.recovered_at is None:
        raise NotAllowed(
            f"the evidence of incident {one.number} is still bad"
            f" ({', '.join(sorted(one.bad)) or one.opening.check}); it can be resolved once it is good"
        )
    ended = structs.replace(_went_on(vouched, event.at), state="resolved", resolved_at=vouched.recovered_at)
    return structs.replace(ended, offered_to="", offered_at=None)


def last_bad_at(one: Incident) -> Instant:
    """When its evidence was last found bad."""
    worst = (each.at for each in one.events if each.kind in (Kind.JOINED, Kind.RELAPSED, Kind.REOPENED))
    return max([one.opening.detected_at, *worst])


def reopened(one: Incident, event: Event) -> Incident:
    """It goes on: the clocks too, and the time in which it was over does not count (4.3)."""
    rest = (one.resolved_at or event.at, event.at)
    bad = one.bad | {event.subject or one.opening.subject}
    again = structs.replace(one, state="working" if one.owner else "new", rests=(*one.rests, rest), bad=bad)
    return structs.replace(again, recovered_at=None, resolved_at=None, cleared=False)


def _picked_up(one: Incident, at: Instant) -> Incident:
    if one.released_at is None:
        return one
    return structs.replace(one, released_at=None, unowned=one.unowned + at - one.released_at)


def _went_on(one: Incident, at: Instant) -> Incident:
    """The last pause ends now; one that should have ended by itself did."""
    if not one.waits or one.waits[-1].end is not None:
        return one
    last = one.waits[-1]
    ended = structs.replace(last, end=at if last.until is None else min(at, last.until))
    return structs.replace(one, waits=(*one.waits[:-1], ended))


def _vouched(one: Incident, event: Event) -> Incident:
    """A person says since when it works again: never before its last bad evidence, never ahead of the event (4.3)."""
    if event.restored_at is None:
        return one
    if not last_bad_at(one) <= event.restored_at <= event.at:
        raise NotAllowed("it can have worked again only after its last bad evidence, and not later than now")
    return structs.replace(one, bad=frozenset(), recovered_at=event.restored_at)
