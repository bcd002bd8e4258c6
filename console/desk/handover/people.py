"""The pages about people: everybody with what hangs on them, and one person's page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from msgspec import structs

from console.desk.assessment.gaps import lacking
from console.desk.live.incidents import status
from console.desk.office import Asked, Office, Pages, clients
from console.desk.records.papers import records_of
from console.desk.refusal import DeskRefusal, Kind
from console.incidents.events import Incident
from console.operating_model.people import duties as kinds
from console.operating_model.people.duties import Duty, alone, duties
from console.operating_model.people.orphans import orphans
from console.operating_model.people.staff import Staff, meant, named, turn
from console.operating_model.schema.organization import PersonDoc
from console.pages.people import OrphanRow, People, PersonRow, Who
from console.pages.sheet import Block, Item
from console.reports.sheet import Sheet, brief

_UNCOVERED = "G13"
"""The gap of service hours that no shift and no on-call covers."""


class Held(NamedTuple):
    """One duty, and at which client."""

    client: str
    duty: Duty


def staffs(office: Office, asked: Asked, day: date | None = None) -> list[Staff]:
    """The clients that are asked for, each with its people, on a date: by default today's at the client's place."""
    found: list[Staff] = []
    for id_ in clients(office, asked):
        client = office.ledger.model.clients.get(id_)
        if client is not None and client.doc is not None:
            today = day or asked.today(client)
            found.append(Staff(client.doc, office.ledger.model.provider.doc, today, records_of(office, id_)))
    return found


def people(office: Office, asked: Asked) -> People:
    """Everybody, the provider's people first; then what hangs on nobody."""
    found = staffs(office, asked, _day(asked))
    everybody = {id_: one for staff in found for id_, one in staff.people.items()}
    rows = sorted((_person(office, found, id_, one) for id_, one in everybody.items()), key=_by_house)
    lost = [
        OrphanRow(staff.client, one.thing, one.id, one.part, one.person, one.text)
        for staff in found
        for one in orphans(staff)
    ]
    lost += _unowned(office, found)
    lost += [
        OrphanRow(gap.client, "hours", gap.about, "shift", "", gap.evidence)
        for gap in lacking(office, asked).rows
        if gap.number == _UNCOVERED
    ]
    return People(asked.now, tuple(rows), tuple(lost))


def _unowned(office: Office, found: list[Staff]) -> list[OrphanRow]:
    """Open incidents that nobody has taken."""
    seen = {staff.client for staff in found}
    return [
        OrphanRow(one.opening.client, "incident", f"#{one.number}", "owner", "", f"nobody owns it: {one.opening.title}")
        for one in office.ledger.cases.open.values()
        if one.opening.client in seen and one.is_open and not one.owner
    ]


def who(office: Office, asked: Asked) -> Who:
    """One person's page, over every client that is asked for. Raises DeskRefusal where nobody is meant, or several."""
    found = staffs(office, asked)
    id_, person = one_person(found, asked.text("person"))
    blocks = blocks_of(office, found, id_)
    title = ", ".join(filter(None, (person.title, {"msp": "our house"}.get(person.org, person.org))))
    page = Who(
        now=asked.now,
        person=id_,
        name=person.name,
        org=person.org,
        title=person.title,
        contact=contact(person),
        clients=tuple(staff.client for staff in found if id_ in staff.people),
        blocks=blocks,
    )
    sheet = Sheet(f"{person.name} ({title})", page.contact, blocks)
    return structs.replace(page, text=brief(sheet))


def one_person(found: list[Staff], wanted: str) -> tuple[str, PersonDoc]:
    """The person that a word means. Raises DeskRefusal where nobody is meant, or several."""
    everybody = {id_: one for staff in found for id_, one in staff.people.items()}
    ids = named(everybody, wanted)
    if not ids:
        said = meant(everybody, wanted).removeprefix("; ") or "see `watchbill who`"
        raise DeskRefusal(f"there is no person {wanted!r}", said, Kind.NOT_FOUND)
    if len(ids) > 1:
        several = ", ".join(f"{id_} ({everybody[id_].name})" for id_ in ids)
        raise DeskRefusal(f"{wanted!r} may be several", f"name one: {several}", Kind.NOT_FOUND)
    return ids[0], everybody[ids[0]]


def contact(person: PersonDoc) -> str:
    """Phone and mail."""
    return " · ".join(filter(None, (person.phone, person.email)))


def blocks_of(office: Office, found: list[Staff], person: str) -> tuple[Block, ...]:
    """Incidents first, then everything that a person holds, by kind; an empty kind is left out."""
    held = [Held(staff.client, one) for staff in found for one in duties(staff, person)]
    several = len({one.client for one in held}) > 1
    blocks = [Block("incidents now", tuple(_incidents(office, found, person)), "no open incident is theirs")]
    for kind in kinds.KINDS:
        mine = [one for one in held if one.duty.kind == kind]
        if kind == kinds.DATES:
            mine.sort(key=lambda one: (one.duty.due or date.max, one.duty.id))
        items = _once(_item(one, several) for one in mine)
        blocks.append(Block(kind, items))
    sole = [(staff.client, id_, staff.subject(id_)) for staff in found for id_ in alone(staff, person)]
    blocks.insert(1, Block("alone on", tuple(_alone(*one) for one in sole)))
    return tuple(block for block in blocks if block.items or block.empty)


def _once(items: Iterable[Item]) -> tuple[Item, ...]:
    """What is the same at every client (a team, a turn) is said once."""
    return tuple(dict.fromkeys(items))


def _item(one: Held, several: bool) -> Item:
    duty = one.duty
    at = f" at {one.client}" if several and duty.thing not in ("team", "week") else ""
    tone = "breach" if duty.is_late else ""
    if duty.thing != "service":
        return Item(duty.text + at, duty.short + at, tone)
    return Item(duty.text + at, duty.short + at, tone, "service", (("client", one.client), ("service", duty.id)))


def _alone(client: str, service: str, name: str) -> Item:
    text = f"{name}: nobody else can do it"
    return Item(text, name, "watch", "service", (("client", client), ("service", service)))


def owned_now(office: Office, found: list[Staff], person: str) -> list[Incident]:
    """The open incidents that a person has taken, by their login."""
    logins = {staff.people[person].login for staff in found if person in staff.people} - {""}
    seen = {staff.client for staff in found}
    return [
        one
        for one in office.ledger.cases.open.values()
        if one.opening.client in seen and one.is_open and one.owner in {*logins, person}
    ]


def _incidents(office: Office, found: list[Staff], person: str) -> list[Item]:
    return [
        Item(
            f"#{one.number} {one.severity} {one.opening.title}",
            f"#{one.number} {one.opening.title}",
            _tone(one),
            "incident",
            (("incident", str(one.number)),),
        )
        for one in owned_now(office, found, person)
    ]


def _tone(one: Incident) -> str:
    return {"watch": "watch", "breach": "breach", "unknown": "unknown"}.get(status(one).value, "")


def _person(office: Office, found: list[Staff], person: str, doc: PersonDoc) -> PersonRow:
    mine = [staff for staff in found if person in staff.people]
    held = [(staff.client, one) for staff in mine for one in duties(staff, person)]

    def count(kind: str, *things: str) -> int:
        return len([one for _, one in held if one.kind == kind and (not things or one.thing in things)])

    dates = sorted(one.due for _, one in held if one.kind == kinds.DATES and one.due)
    return PersonRow(
        person=person,
        name=doc.name,
        org=doc.org,
        title=doc.title,
        clients=tuple(staff.client for staff in mine),
        owns=count(kinds.OWNS, "service"),
        answers=count(kinds.ANSWERS),
        does=count(kinds.DOES),
        deputises=count(kinds.DEPUTISES),
        alone=tuple(f"{staff.client}/{id_}" for staff in mine for id_ in alone(staff, person)),
        on_call=any(staff.on_call is not None and turn(staff.on_call, staff.today) == person for staff in mine),
        incidents=len(owned_now(office, mine, person)),
        next_date=str(dates[0]) if dates else "",
        is_here=all(staff.is_here(person) for staff in mine),
    )


def _by_house(row: PersonRow) -> tuple[int, str]:
    return ("msp", "client", "supplier").index(row.org), row.name


def _day(asked: Asked) -> date | None:
    said = asked.text("date")
    try:
        return date.fromisoformat(said) if said else None
    except ValueError as error:
        raise DeskRefusal(f"{said!r} is not a date", "write one such as 2027-01-31") from error


PAGES: Pages = {"people": people, "who": who}
