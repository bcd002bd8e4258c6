"""What time alone does to an incident: replies that stay out, offers that nobody accepts, closing (4.2, 4.4). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from checks.reading import Instant
from console.incidents.events import Event, Incident, Kind
from console.incidents.marks import marks_due
from console.operating_model.entities import ALWAYS, Calendar, Client, Model
from console.operating_model.schema.organization import PersonDoc
from console.service_levels.hours import covered, instant

SILENT_DAYS = 3
"""Office days after which what is resolved is closed, where nobody says anything."""
ORPHAN_AFTER = 900
"""Seconds after the end of a shift within which a hand-over should have been accepted."""
NO_ANSWER = 3
"""How many replies of the client may stay out before it is proposed to end the incident."""
_OFFICE = "office"
Windows = tuple[tuple[tuple[int, int], ...], ...]


def passed(model: Model, incident: Incident, now: Instant) -> list[Event]:
    """Everything that time has done to an open or resolved incident by `now`, and that it does not say yet."""
    client = model.clients.get(incident.opening.client)
    return [
        *_no_reply(incident, now),
        *marks_due(client, incident, now),
        *_orphan(model, client, incident, now),
        *_closing(client, incident, now),
    ]


def _no_reply(incident: Incident, now: Instant) -> Iterator[Event]:
    """The pause for the client ends at the time by which an answer was asked for; the third time A decides."""
    last = incident.waits[-1] if incident.waits else None
    if incident.state != "pending" or last is None or last.until is None or last.until > now:
        return
    text = f"{'no answer' if last.reason == 'client' else 'the window begins'}; work goes on"
    if last.reason == "client" and sum(one.reason == "client" for one in incident.waits) >= NO_ANSWER:
        text = "no answer for the third time: propose to resolve it as “no answer”; who answers for it decides"
    yield Event(last.until, "", Kind.RESUMED, text)


def _orphan(model: Model, client: Client | None, incident: Incident, now: Instant) -> Iterator[Event]:
    """An offer that was not accepted 15 minutes after the end of the offerer's shift (TL7)."""
    if client is None or incident.offered_at is None or not incident.is_open:
        return
    ends = shift_end(shift_of(model, incident), client.zone, incident.offered_at)
    at = ends + ORPHAN_AFTER
    said = any(one.kind is Kind.ORPHANED and one.at >= incident.offered_at for one in incident.events)
    if at <= now and not said:
        yield Event(at, "", Kind.ORPHANED, f"{incident.offered_to} has not accepted it; the lead is told")


def shift_of(model: Model, incident: Incident) -> Windows:
    """The shift of an incident's owner; empty where the model has none."""
    client = model.clients.get(incident.opening.client)
    people: dict[str, PersonDoc] = {}
    for doc in (model.provider.doc, client.doc if client else None):
        people.update(doc.people if doc else {})
    return next((one.shift for id_, one in people.items() if incident.owner and incident.owner in (id_, one.login)), ())


def shift_end(shift: Windows, zone: ZoneInfo, at: Instant) -> Instant:
    """When the turn of a shift that is on at an instant ends; the instant itself where none is."""
    day = datetime.fromtimestamp(at, zone).date()
    for opens, closes in shift[day.weekday()] if shift else ():
        if instant(day, opens, zone) <= at <= instant(day, closes, zone):
            return instant(day, closes, zone)
    return at


def _closing(client: Client | None, incident: Incident, now: Instant) -> Iterator[Event]:
    """Resolved, and nobody has said anything for three office days (4.2)."""
    if incident.state != "resolved" or incident.resolved_at is None:
        return
    said = max([incident.resolved_at, *(one.at for one in incident.events)])
    calendar = client.calendars.get(_OFFICE, ALWAYS) if client else ALWAYS
    at = _after_days(calendar, client, said)
    if at is not None and at <= now:
        yield Event(at, "", Kind.CLOSED, f"nobody said anything for {SILENT_DAYS} office days")


def _after_days(calendar: Calendar, client: Client | None, since: Instant) -> Instant | None:
    """The local midnight after so many whole days on which the office was open."""
    if client is None:
        return since + SILENT_DAYS * 86_400
    day = datetime.fromtimestamp(since, client.zone).date()
    left = SILENT_DAYS
    for _ in range(60):
        day += timedelta(days=1)
        opens, closes = instant(day, 0, client.zone), instant(day, 1440, client.zone)
        left -= bool(covered(calendar, client.zone, opens, closes))
        if left == 0:
            return closes
    return None
