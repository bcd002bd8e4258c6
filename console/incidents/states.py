"""The state table of an incident (operating-model.md, 4.2): which event may happen when, and where it leads. Pure.

Whatever the table does not have is refused with what it has. An undo is an event too: the incident is folded again
without the one that does not count, and both stay in the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import structs

from console.incidents.events import Event, Incident, Kind, NotAllowed, Opening
from console.incidents.steps import (
    accepted,
    child,
    cleared,
    freed,
    graded,
    noted,
    offered,
    owned,
    paused,
    reassigned,
    recovered,
    released,
    reopened,
    resolved,
    resumed,
    stepped,
    worse,
)

UNDO_WITHIN = 300
"""Seconds within which the same person may undo."""
_WORK = ("owned", "working")
_OPEN = ("new", "owned", "working", "pending")
_ANY = (*_OPEN, "resolved", "closed", "void", "child")
_BAD = (*_OPEN, "child", "resolved", "closed")
_TABLE: dict[Kind, tuple[str, ...]] = {
    Kind.DETECTED: _ANY,
    Kind.JOINED: _BAD,
    Kind.RELAPSED: _BAD,
    Kind.RECOVERED: _ANY,
    Kind.FLAPPING: _ANY,
    Kind.STEADY: _ANY,
    Kind.DISPROVED: _ANY,
    Kind.MARK: _OPEN,
    Kind.ORPHANED: _OPEN,
    Kind.ESCALATED: _OPEN,
    Kind.ACKNOWLEDGED: _OPEN,
    Kind.NOTE: _ANY,
    Kind.LOGGED: _ANY,
    Kind.OUTAGE: _ANY,
    Kind.OWNED: ("new",),
    Kind.CLEARED: ("new", "child"),
    Kind.VOID: ("new", *_WORK),
    Kind.MERGED: ("new", *_WORK),
    Kind.CHILD: _OPEN,
    Kind.FREED: ("child",),
    Kind.STEP: _WORK,
    Kind.PAUSED: _WORK,
    Kind.RESUMED: ("pending",),
    Kind.SEVERITY: _OPEN,
    Kind.REASSIGNED: (*_WORK, "pending"),
    Kind.OFFERED: (*_WORK, "pending"),
    Kind.ACCEPTED: (*_WORK, "pending"),
    Kind.RELEASED: _WORK,
    Kind.RESOLVED: (*_WORK, "pending"),
    Kind.CLOSED: ("resolved",),
    Kind.REOPENED: ("resolved", "closed"),
}
"""From which states each event leads on; an undo is judged by what it undoes."""
_VERBS: dict[str, Kind] = {
    "own": Kind.OWNED,
    "note": Kind.NOTE,
    "outage": Kind.OUTAGE,
    "ack": Kind.ACKNOWLEDGED,
    "severity": Kind.SEVERITY,
    "reassign": Kind.REASSIGNED,
    "offer": Kind.OFFERED,
    "accept": Kind.ACCEPTED,
    "release": Kind.RELEASED,
    "step": Kind.STEP,
    "pause": Kind.PAUSED,
    "resume": Kind.RESUMED,
    "void": Kind.VOID,
    "merge": Kind.MERGED,
    "resolve": Kind.RESOLVED,
    "reopen": Kind.REOPENED,
    "confirm-closed": Kind.CLOSED,
    "escalate": Kind.ESCALATED,
    "log": Kind.LOGGED,
}
"""What a person can do, by the name of the verb."""
_SAID = frozenset({Kind.NOTE, Kind.ESCALATED})
"""A note was read, and somebody was called: that is not taken back, and changes nothing that could be."""
_UNDOABLE = frozenset(_VERBS.values()) - _SAID - {Kind.REOPENED}
"""What others woke up to is not taken back silently."""


def fold(opening: Opening, events: Iterable[Event]) -> Incident:
    """The incident that these events make. Raises NotAllowed."""
    incident = Incident(opening, "new", frozenset({opening.subject}))
    for event in events:
        incident = step(incident, event)
    return incident


def step(incident: Incident, event: Event) -> Incident:
    """The incident after one more event. Raises NotAllowed for one that the table of 4.2 does not have."""
    if event.at < incident.opening.detected_at:
        raise NotAllowed("an event cannot be older than the incident")
    if event.kind is Kind.UNDONE:
        return structs.replace(_without(incident, event), events=(*incident.events, event))
    if event.kind not in (Kind.FREED, Kind.CHILD) or event.by:
        _refuse(incident, event)
    return structs.replace(_STEPS[event.kind](incident, event), events=(*incident.events, event))


def allowed(incident: Incident) -> tuple[str, ...]:
    """Names of the verbs that a person can do to it now, the ones that its state allows."""
    found = [verb for verb, kind in _VERBS.items() if _may(incident, kind)]
    return tuple([*found, "undo"] if undoable(incident) else found)


def undoable(incident: Incident) -> int:
    """The place (1 for the first) of the last thing that a person did; 0 where it cannot be taken back."""
    gone = {one.undoes for one in incident.events if one.kind is Kind.UNDONE}
    for place in range(len(incident.events), 0, -1):
        one = incident.events[place - 1]
        if place not in gone and one.by and one.kind is not Kind.UNDONE and one.kind not in _SAID:
            return place if one.kind in _UNDOABLE else 0
    return 0


def _may(incident: Incident, kind: Kind) -> bool:
    if incident.state not in _TABLE[kind]:
        return False
    return bool(incident.offered_to) if kind is Kind.ACCEPTED else True


def _refuse(incident: Incident, event: Event) -> None:
    """Raises NotAllowed where the table has no such step."""
    if incident.state in _TABLE[event.kind]:
        return
    number, can = incident.number, ", ".join(allowed(incident))
    if incident.state == "child" and incident.resolved_at is None:
        raise NotAllowed(f"incident {number} is a symptom of #{incident.parent}; that is the one to work on")
    if event.kind is Kind.RESOLVED and not incident.owner and incident.state == "new":
        raise NotAllowed(f"nobody owns incident {number} yet; own it first (o)")
    raise NotAllowed(
        f"incident {number} is {incident.state}, so it cannot be {event.kind.value}; what can be done: {can}"
    )


def _without(incident: Incident, undo: Event) -> Incident:
    """The incident as if one event had not been: of the same person, at most five minutes old (4.2)."""
    gone = {one.undoes for one in incident.events if one.kind is Kind.UNDONE} | {undo.undoes}
    found = incident.events[undo.undoes - 1] if 1 <= undo.undoes <= len(incident.events) else None
    if found is None or undo.undoes != undoable(incident):
        raise NotAllowed(f"nothing of incident {incident.number} can be undone: only the last thing that was done")
    if found.by != undo.by or undo.at - found.at > UNDO_WITHIN:
        raise NotAllowed(f"only {found.by or 'the console'} can undo this, within five minutes; it stays as it is")
    left = [one for place, one in enumerate(incident.events, 1) if place not in gone and one.kind is not Kind.UNDONE]
    return fold(incident.opening, left)


def _same(incident: Incident, event: Event) -> Incident:  # noqa: ARG001 - every step is made of both
    return incident


_STEPS: dict[Kind, Callable[[Incident, Event], Incident]] = {
    Kind.DETECTED: _same,
    Kind.JOINED: worse,
    Kind.RELAPSED: worse,
    Kind.RECOVERED: recovered,
    Kind.FLAPPING: _same,
    Kind.STEADY: _same,
    Kind.DISPROVED: lambda one, _: structs.replace(one, is_disproved=True),
    Kind.MARK: _same,
    Kind.ORPHANED: _same,
    Kind.ESCALATED: _same,
    Kind.ACKNOWLEDGED: _same,
    Kind.NOTE: noted,
    Kind.LOGGED: lambda one, event: structs.replace(one, minutes=one.minutes + event.minutes),
    Kind.OUTAGE: lambda one, _: structs.replace(one, outage_from=one.opening.detected_at),
    Kind.OWNED: owned,
    Kind.CLEARED: cleared,
    Kind.VOID: lambda one, event: structs.replace(one, state="void", resolved_at=event.at),
    Kind.MERGED: lambda one, event: structs.replace(one, state="child", parent=event.parent, resolved_at=event.at),
    Kind.CHILD: child,
    Kind.FREED: freed,
    Kind.STEP: stepped,
    Kind.PAUSED: paused,
    Kind.RESUMED: resumed,
    Kind.SEVERITY: graded,
    Kind.REASSIGNED: reassigned,
    Kind.OFFERED: offered,
    Kind.ACCEPTED: accepted,
    Kind.RELEASED: released,
    Kind.RESOLVED: resolved,
    Kind.CLOSED: lambda one, _: structs.replace(one, state="closed"),
    Kind.REOPENED: reopened,
}
