"""What a person reports becomes an incident like any other: numbered, graded by 4.1, with its clocks (4.2)."""

from __future__ import annotations

from checks.finding import Impact
from checks.reading import Instant
from checks.text import clean
from console.desk.live.actions import text_of
from console.desk.live.incidents import service_name
from console.desk.office import Asked, Office, Verbs, client_of, kept, require
from console.desk.planning.recording import moment
from console.desk.refusal import DeskRefusal, Kind
from console.incidents import events
from console.incidents.events import Event, Opening
from console.operating_model.entities import Client
from console.operating_model.schema.scalars import seconds
from console.pages.house import Done
from console.pages.verb import Role
from console.store.writer import Batch

LONGEST_AGO = 7 * 86_400
"""Seconds: an older call belongs to `watchbill records import`, which shows what it changes first."""
_LONGEST = 200
_IMPACTS = tuple(one.value for one in Impact)
_SOURCES = ("person", "supplier")


async def report(office: Office, asked: Asked) -> Done:
    """Open it. Raises DeskRefusal for a service, host or instant that cannot be."""
    client = client_of(office, asked)
    require(office, asked, Role.TECHNICIAN, client.id)
    opening, caller = _opening(asked, client), text_of(asked, "caller")
    beside = [one for one in office.ledger.cases.open.values() if _is_beside(one.opening, opening)]
    batch = Batch()
    one = office.ledger.cases.report(opening, batch)
    said = Event(asked.now, asked.who.login, events.Kind.DETECTED, f"reported: {caller}")
    office.ledger.cases.add(one, said, batch)
    await kept(office.ledger.keep(batch))
    name = service_name(client, opening.service) or "no service of the model"
    told = f"incident {one.number} is open: {opening.severity.value}, {name}; own it (o)"
    also = ", ".join(f"#{each.number}" for each in beside[:3])
    told += f". Open about it already: {also}" if also else ""
    return Done(told, "incident", (("incident", str(one.number)),))


def _is_beside(other: Opening, opening: Opening) -> bool:
    return bool(opening.service) and (other.client, other.service) == (opening.client, opening.service)


def _opening(asked: Asked, client: Client) -> Opening:
    """As asked for; its number is the case book's to give."""
    text, service, host = text_of(asked, "text"), _service(asked, client), asked.text("on")
    if len(text) > _LONGEST:
        raise DeskRefusal(f"what is wrong is said in at most {_LONGEST} characters", "put the rest into a note (n)")
    if host and host not in client.hosts and host not in client.externals:
        known = ", ".join([*client.hosts, *client.externals]) or "none"
        raise DeskRefusal(f"{client.id} has no host {clean(host, 60)!r}", f"known are: {known}", Kind.NOT_FOUND)
    impact, source = asked.text("impact") or "degraded", asked.text("source") or "person"
    if impact not in _IMPACTS or source not in _SOURCES:
        raise DeskRefusal(f"{clean(impact, 40)!r} by {clean(source, 40)!r} is not known",
                          f"impact is {', '.join(_IMPACTS)}; source is {', '.join(_SOURCES)}")  # fmt: skip
    criticality = client.services[service].criticality if service else None
    return Opening(
        incident=0,
        client=client.id,
        service=service,
        host=host,
        check="",
        subject="",
        title=text,
        impact=Impact(impact),
        severity=events.severity(criticality, Impact(impact)),
        detected_at=_called_at(asked, client),
        source=source,
    )


def _service(asked: Asked, client: Client) -> str:
    """The id of a service, given by id or by name; "" where none was given. Raises DeskRefusal."""
    wanted = asked.text("service").strip()
    found = [
        one.id for one in client.services.values() if wanted.casefold() in (one.id.casefold(), one.name.casefold())
    ]
    if wanted and not found:
        known = ", ".join(client.services) or "none"
        raise DeskRefusal(f"{client.id} has no service {clean(wanted, 60)!r}", f"known are: {known}", Kind.NOT_FOUND)
    return found[0] if wanted else ""


def _called_at(asked: Asked, client: Client) -> Instant:
    """The time of the call (4.1): not ahead, and not so long ago that a record is the better way."""
    if not asked.text("at"):
        return asked.now
    at = seconds(moment(asked, client, "at"))
    if not asked.now - LONGEST_AGO <= at <= asked.now:
        told = "a call lies not ahead, and at most seven days back"
        raise DeskRefusal(told, "give at as a time of these days; older ones: watchbill records import")
    return at


VERBS: Verbs = {"report": report}
