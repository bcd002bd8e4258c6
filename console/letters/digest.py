"""A person's digest, once a day when their shift begins: what is open of theirs, and what falls due today (J1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from checks.reading import Instant
from console.incidents.clock import own_promise, solve_promise
from console.incidents.events import Incident
from console.letters.letter import Letter, Posting
from console.letters.reach import Desk
from console.operating_model.entities import Client
from console.operating_model.people.falling_due import due
from console.operating_model.people.staff import Staff
from console.operating_model.schema.organization import PersonDoc
from console.operating_model.schema.records import RecordDoc
from console.service_levels.hours import instant

_RECORDS = ("action", "waiver")
_LIVES = 8 * 3600


@dataclass(frozen=True, slots=True)
class Papers:
    """What a digest is made of: every open incident, and a client's records by kind."""

    open: Sequence[Incident]
    records: Callable[..., list[RecordDoc]]


def keys(desk: Desk) -> dict[str, str]:
    """The people of ours who are at work now, each with the key of today's digest."""
    provider = desk.model.provider.doc
    found: dict[str, str] = {}
    for id_, one in provider.people.items() if provider else ():
        zone = _zone(desk, id_, one)
        if zone is None or one.org != "msp":
            continue
        local = datetime.fromtimestamp(desk.now, zone)
        if _is_at_work(one, local, desk.now):
            found[id_] = f"digest {local:%Y-%m-%d} {id_}"
    return found


def letter(desk: Desk, person: str, key: str, papers: Papers) -> Posting | None:
    """The digest of one person; None where nothing waits for them today."""
    lines = [line for client in desk.model.clients.values() for line in _of_client(desk, client, person, papers)]
    if not lines:
        return None
    count = sum(line.startswith("  ") for line in lines)
    subject = f"Today: {count} {'thing waits' if count == 1 else 'things wait'} for you"
    told = Letter("digest", subject, (*lines, "", "watchbill console"), person=person, lives=_LIVES)
    return Posting(key, desk.now, told)


def _of_client(desk: Desk, client: Client, person: str, papers: Papers) -> Iterator[str]:
    staff = desk.staff(client)
    if staff is None or person not in staff.people:
        return
    mine = [one for one in papers.open if one.opening.client == client.id and _is_theirs(staff, client, person, one)]
    records = papers.records(client.id, *_RECORDS)
    today = Staff(staff.doc, staff.provider, staff.today, records)
    falls = sorted((one for one in due(today, person) if one.when <= staff.today), key=lambda one: one.when)
    if mine or falls:
        yield client.name
        yield from (f"  {_open(client, one, desk.now)}" for one in mine)
        yield from (f"  {'today' if one.when == staff.today else f'since {one.when}'}: {one.text}" for one in falls)


def _is_theirs(staff: Staff, client: Client, person: str, one: Incident) -> bool:
    """Whose it is: who took it; while nobody has, who owns the service, alone or as its team's lead."""
    if one.parent:
        return False
    if one.owner:
        return one.owner in (person, staff.people[person].login)
    service = client.services.get(one.opening.service)
    owner = service.owner if service else ""
    return person == (staff.teams[owner].lead if owner in staff.teams else owner)


def _open(client: Client, one: Incident, now: Instant) -> str:
    promise = solve_promise(client, one, now) if one.owner else own_promise(client, one, now)
    said = f"#{one.number} {one.severity.value} {one.opening.host}: {one.opening.title}"
    if promise is None or promise.due_at is None:
        return said
    by = f"{datetime.fromtimestamp(promise.due_at, client.zone):%a %d %b %H:%M}"
    return f"{said}; {promise.promise} by {by}" if promise.left >= 0 else f"{said}; late since {by}"


def _is_at_work(person: PersonDoc, local: datetime, now: Instant) -> bool:
    """Whether a shift of today has begun and is not over. Raises nothing: who has no shift has no digest."""
    day = local.date()
    if (person.active_from and day < person.active_from) or (person.active_to and day > person.active_to):
        return False
    windows = person.shift[day.weekday()] if person.shift else ()
    zone = local.tzinfo
    return isinstance(zone, ZoneInfo) and any(
        instant(day, start, zone) <= now < instant(day, end, zone) for start, end in windows
    )


def _zone(desk: Desk, id_: str, person: PersonDoc) -> ZoneInfo | None:
    """Where a shift is meant: as the person's own line says, else where the client is that they work for.

    Who works for none yet is with the first client; None where there is no client.
    """
    if person.tz is not None:
        return person.tz
    mine = (client for client in desk.model.clients.values() if _serves(desk, client, id_))
    client = next(mine, None) or next(iter(desk.model.clients.values()), None)
    return client.zone if client else None


def _serves(desk: Desk, client: Client, person: str) -> bool:
    """Whether a person owns a service there, alone or in a team, or does or answers for something."""
    staff = desk.staff(client)
    teams = staff.teams if staff else {}
    owners = {one.owner for one in client.services.values()}
    named = {one for row in (client.doc.raci if client.doc else ()) for one in (*row.R, row.A)}
    return person in owners | named or any(one in teams and person in teams[one].members for one in owners)
