"""The contact card: the channel for a severity and an hour, who is on call, whom to tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from checks.reading import Instant
from console.desk.office import Office
from console.operating_model.entities import ALWAYS, Client
from console.operating_model.people.reach import address, channel_for
from console.operating_model.people.staff import Staff, turn
from console.operating_model.schema.organization import ChannelDoc
from console.pages.concerning import Card, Contact
from console.service_levels.hours import covered

_AHEAD = 14 * 86_400


def card(office: Office, client: Client, severity: str, now: Instant) -> Card:
    """How word travels for this severity now."""
    local = datetime.fromtimestamp(now, client.zone)
    staff = Staff(client.doc, office.ledger.model.provider.doc, local.date()) if client.doc else None
    found = channel_for(staff, severity, lambda calendar: opens(client, calendar, now)) if staff else None
    if staff is None or found is None:
        return Card("", "", None, (), f"no channel of the model is for {severity}")
    channel, at = found
    contacts = tuple(_contacts(staff, channel, _on_call(staff, client, now)))
    opens_at = at if at > now else None
    return Card(channel.id, channel.kind, opens_at, contacts, _sentence(client, channel, opens_at, contacts))


def opens(client: Client, calendar: str, now: Instant) -> Instant | None:
    """The first instant of the next two weeks, now included, at which a calendar is open."""
    found = covered(client.calendars.get(calendar, ALWAYS), client.zone, now, now + _AHEAD)
    return found[0][0] if found else None


def _on_call(staff: Staff, client: Client, now: Instant) -> str:
    """Whose turn it is, while the rota's calendar is open."""
    rota = staff.on_call
    return turn(rota, staff.today) if rota and opens(client, rota.calendar, now) == now else ""


def _contacts(staff: Staff, channel: ChannelDoc, on_call: str) -> Iterator[Contact]:
    """Who is on call (else the first of our end of the channel), then the client's end: whom to tell."""
    ends = [*staff.members(channel.from_), *staff.members(channel.to)]
    here = [staff.people[one] for one in dict.fromkeys(ends) if staff.is_here(one)]
    ours = staff.people.get(on_call) or next((one for one in here if one.org == "msp"), None)
    if ours is not None:
        yield Contact(ours.name, "on call" if on_call else "ours", address(ours, channel.kind))
    theirs = next((one for one in here if one.org == "client"), None)
    if theirs is not None:
        yield Contact(theirs.name, "tell", address(theirs, channel.kind))


def _sentence(client: Client, channel: ChannelDoc, opens_at: Instant | None, contacts: tuple[Contact, ...]) -> str:
    when = (
        "" if opens_at is None else f" from {datetime.fromtimestamp(opens_at, client.zone):%a %d %b %H:%M} (closed now)"
    )
    told = "; ".join(f"{one.part} {one.name} {one.address}".strip() for one in contacts)
    return f"by {channel.kind}{when}: {told}" if told else f"by {channel.kind}{when}"
