"""What goes to the next shift (operating-model.md, 4.4 and J8). Pure.

Every S1 and S2, and what is due before its owner is back.
Whoever is on call keeps what they have over the night, and may offer it all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from checks.reading import Instant
from console.incidents.clock import own_promise, solve_promise
from console.incidents.events import Incident, Kind
from console.operating_model.entities import Client, Model, Severity
from console.operating_model.people.staff import turn
from console.operating_model.schema.organization import PersonDoc
from console.service_levels.hours import instant

Windows = tuple[tuple[tuple[int, int], ...], ...]
_GRAVE = (Severity.S1, Severity.S2)
_AHEAD, _BEHIND = 15, 2
"""Days that are searched for the next turn of a shift, and for the last one."""
_TAKES = (Kind.OWNED, Kind.ACCEPTED, Kind.REASSIGNED)


@dataclass(frozen=True, slots=True)
class ToHand:
    """One incident that its owner has to offer to somebody, and why."""

    incident: Incident
    why: str


def to_hand_over(model: Model, incidents: Iterable[Incident], login: str, now: Instant) -> list[ToHand]:
    """What a person owns and cannot keep over the end of their shift, the gravest first."""
    mine = (one for one in incidents if one.owner == login and one.is_open and not one.parent)
    found = [ToHand(one, why) for one in mine if (why := reason(model, one, now))]
    return sorted(found, key=lambda each: (each.incident.severity, each.incident.number))


def reason(model: Model, incident: Incident, now: Instant) -> str:
    """Why an incident cannot wait until its owner's next shift; "" where it can."""
    if incident.severity in _GRAVE:
        return incident.severity.value
    client = model.clients.get(incident.opening.client)
    shift = shift_of(model, incident)
    if client is None or not any(shift):
        return ""
    promise = solve_promise(client, incident, now) if incident.owned_at else own_promise(client, incident, now)
    begins = next_shift(shift, client.zone, now)
    if promise is None or promise.due_at is None or begins is None or promise.due_at >= begins:
        return ""
    return "due before your next shift"


def shift_of(model: Model, incident: Incident) -> Windows:
    """The shift of an incident's owner; empty where the model has none."""
    found = person_of(model, model.clients.get(incident.opening.client), incident.owner)
    return found[1].shift if found else ()


def person_of(model: Model, client: Client | None, login: str) -> tuple[str, PersonDoc] | None:
    """The id and the words of whoever has a login (or an id); None where nobody has it."""
    people: dict[str, PersonDoc] = {}
    for doc in (model.provider.doc, client.doc if client else None):
        people.update(doc.people if doc else {})
    return next(((id_, one) for id_, one in people.items() if login and login in (id_, one.login)), None)


def shift_end(shift: Windows, zone: ZoneInfo, at: Instant) -> Instant:
    """When the turn of a shift that is on at an instant ends; the instant itself where none is."""
    return next((closes for opens, closes in _turns(shift, zone, at, 0, 1) if opens <= at <= closes), at)


def next_shift(shift: Windows, zone: ZoneInfo, at: Instant) -> Instant | None:
    """When the next turn begins after the one that is on, or after the instant; None where there is none."""
    return next((opens for opens, _ in _turns(shift, zone, at, 0, _AHEAD) if opens > at), None)


def last_end(shift: Windows, zone: ZoneInfo, at: Instant) -> Instant | None:
    """When the last turn that is over ended; None where there was none in the last days."""
    ends = [closes for _, closes in _turns(shift, zone, at, -_BEHIND, 1) if closes <= at]
    return max(ends, default=None)


def held_over(model: Model, incident: Incident, now: Instant) -> Instant | None:
    """The end of its owner's last shift, where it should have been offered to somebody by then and was not (4.4)."""
    client = model.clients.get(incident.opening.client)
    if client is None or not incident.owner or incident.offered_at is not None or not incident.is_open:
        return None
    ends = last_end(shift_of(model, incident), client.zone, now)
    if ends is None or _held_since(incident) > ends or not reason(model, incident, ends):
        return None
    return None if _is_on_call(model, client, incident.owner, ends) else ends


def _held_since(incident: Incident) -> Instant:
    """Since when its owner has it."""
    return max((one.at for one in incident.events if one.kind in _TAKES), default=incident.opening.detected_at)


def on_call(model: Model, client: Client, at: Instant) -> str:
    """The id of whoever has the turn on the client's day of an instant; "" where no turns are laid down."""
    docs = (client.doc, model.provider.doc)
    turns = next((doc.on_call for doc in docs if doc and doc.on_call), None)
    return turn(turns, datetime.fromtimestamp(at, client.zone).date()) if turns else ""


def _is_on_call(model: Model, client: Client, login: str, at: Instant) -> bool:
    found = person_of(model, client, login)
    return found is not None and on_call(model, client, at) == found[0]


def _turns(shift: Windows, zone: ZoneInfo, at: Instant, first: int, days: int) -> Iterator[tuple[Instant, Instant]]:
    """The turns of the days around an instant, `[opens, closes)` in UTC seconds, in order."""
    today = datetime.fromtimestamp(at, zone).date()
    for ahead in range(first, days):
        yield from _of_day(shift, zone, today + timedelta(days=ahead))


def _of_day(shift: Windows, zone: ZoneInfo, day: date) -> Iterator[tuple[Instant, Instant]]:
    for opens, closes in shift[day.weekday()] if shift else ():
        yield instant(day, opens, zone), instant(day, closes, zone)
