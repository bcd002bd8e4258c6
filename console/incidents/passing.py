"""What time alone does to an incident: replies that stay out, offers that nobody accepts, closing (4.2, 4.4). Pure."""

from __future__ import annotations

from collections.abc import Iterator

from checks.reading import Instant
from console.incidents.events import Event, Incident, Kind
from console.incidents.handing import held_over, shift_end, shift_of
from console.incidents.marks import marks_due
from console.incidents.office_days import after_office_days
from console.operating_model.entities import Client, Model

SILENT_DAYS = 3
"""Office days after which what is resolved is closed, where nobody says anything."""
ORPHAN_AFTER = 900
"""Seconds after the end of a shift within which a hand-over should have been accepted."""
NO_ANSWER = 3
"""How many replies of the client may stay out before it is proposed to end the incident."""


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
    """15 minutes after the end of a shift: an offer that was not accepted (TL7), or what nobody was offered (4.4)."""
    if client is None or not incident.is_open:
        return
    if incident.offered_at is not None:
        ends = shift_end(shift_of(model, incident), client.zone, incident.offered_at)
        since, text = incident.offered_at, f"{incident.offered_to} has not accepted it; the lead is told"
    else:
        held = held_over(model, incident, now)
        if held is None:
            return
        ends, since = held, held
        text = f"{incident.owner}'s shift is over, and nobody was offered it; the lead is told"
    at = ends + ORPHAN_AFTER
    if at <= now and not any(one.kind is Kind.ORPHANED and one.at >= since for one in incident.events):
        yield Event(at, "", Kind.ORPHANED, text)


def _closing(client: Client | None, incident: Incident, now: Instant) -> Iterator[Event]:
    """Resolved, and nobody has said anything for three office days (4.2)."""
    if incident.state != "resolved" or incident.resolved_at is None:
        return
    said = max([incident.resolved_at, *(one.at for one in incident.events)])
    at = after_office_days(client, said, SILENT_DAYS)
    if at is not None and at <= now:
        yield Event(at, "", Kind.CLOSED, f"nobody said anything for {SILENT_DAYS} office days")
