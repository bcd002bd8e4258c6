"""The contact card: the channel for a severity and an hour, who is on call, whom to tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from checks.reading import Instant
from console.desk.office import Office
from console.operating_model.channels import Way, address, on_call, people_of, rota_of, way_for
from console.operating_model.entities import ALWAYS, Client
from console.operating_model.schema.client import ClientDoc
from console.pages.concerning import Card, Contact
from console.service_levels.hours import covered

_AHEAD = 14 * 86_400


def card(office: Office, client: Client, severity: str, now: Instant) -> Card:
    """How word travels for this severity now."""
    doc = client.doc
    way = way_for(doc, severity, lambda calendar: opens(client, calendar, now)) if doc else None
    if doc is None or way is None:
        return Card("", "", None, (), f"no channel of the model is for {severity}")
    opens_at = way.opens_at if way.opens_at > now else None
    contacts = tuple(_contacts(office, client, doc, way, now))
    return Card(way.id, way.kind, opens_at, contacts, _sentence(client, way, opens_at, contacts))


def opens(client: Client, calendar: str, now: Instant) -> Instant | None:
    """The first instant of the next two weeks, now included, at which a calendar is open."""
    found = covered(client.calendars.get(calendar, ALWAYS), client.zone, now, now + _AHEAD)
    return found[0][0] if found else None


def _contacts(office: Office, client: Client, doc: ClientDoc, way: Way, now: Instant) -> Iterator[Contact]:
    """Who is on call (else the first of our end of the channel), then the client's end: whom to tell."""
    model = office.ledger.model
    rota = rota_of(doc, model.provider.doc)
    turn = (
        on_call(doc, model.provider.doc, client.zone, now) if rota and opens(client, rota.calendar, now) == now else ""
    )
    ends = [one for end in (way.one_end, way.other_end) for one in people_of(model, doc, end)]
    people = [person for one in dict.fromkeys(ends) if (person := model.person(client.id, one)) is not None]
    ours = model.person(client.id, turn) if turn else next((one for one in people if one.org == "msp"), None)
    if ours is not None:
        yield Contact(ours.name, "on call" if turn else "ours", address(ours, way.kind))
    theirs = next((one for one in people if one.org == "client"), None)
    if theirs is not None:
        yield Contact(theirs.name, "tell", address(theirs, way.kind))


def _sentence(client: Client, way: Way, opens_at: Instant | None, contacts: tuple[Contact, ...]) -> str:
    when = (
        "" if opens_at is None else f" from {datetime.fromtimestamp(opens_at, client.zone):%a %d %b %H:%M} (closed now)"
    )
    told = "; ".join(f"{one.part} {one.name} {one.address}".strip() for one in contacts)
    return f"by {way.kind}{when}: {told}" if told else f"by {way.kind}{when}"
