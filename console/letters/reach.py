"""Whom something of an incident reaches, by which way, and from when on: the channels and hours of the model (2.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from msgspec import structs

from checks.reading import Instant
from console.letters.letter import Accounts, Letter, Posting, Way
from console.operating_model.entities import ALWAYS, Client, Model
from console.operating_model.people.reach import address, channel_for
from console.operating_model.people.staff import Staff, turn
from console.operating_model.schema.organization import ChannelDoc, PersonDoc
from console.service_levels.hours import covered

_AHEAD = 14 * 86_400
_WRITTEN = frozenset({"email", "mail", "report"})
NO_QUIET = "S1"
"""The severity that no closed hours hold back."""


@dataclass(frozen=True, slots=True)
class Desk:
    """By what letters are written: the model in force, the accounts there are, and the instant."""

    model: Model
    accounts: Accounts
    now: Instant

    def staff(self, client: Client) -> Staff | None:
        """A client's people on its local date; None where the client has no document."""
        if client.doc is None:
            return None
        return Staff(client.doc, self.model.provider.doc, datetime.fromtimestamp(self.now, client.zone).date())


@dataclass(frozen=True, slots=True)
class Reach:
    """How word of one severity travels for one client at one instant."""

    desk: Desk
    client: Client
    staff: Staff
    severity: str
    channel: ChannelDoc | None
    opens_at: Instant

    @property
    def leaves_at(self) -> Instant:
        """When a letter may leave: quiet hours hold back all but S1."""
        return self.desk.now if self.severity == NO_QUIET else max(self.desk.now, self.opens_at)

    @property
    def tells_client(self) -> tuple[str, ...]:
        """The client's people at either end of the channel."""
        return tuple(one for one in self._ends if self.staff.is_here(one) and self.staff.people[one].org == "client")

    @property
    def ours(self) -> tuple[str, ...]:
        """Our people at either end of the channel who are here."""
        return tuple(one for one in self._ends if self.staff.is_here(one) and self.staff.people[one].org == "msp")

    @property
    def is_written(self) -> bool:
        """Whether the channel carries mail, so that the console may write to the client itself."""
        return self.channel is not None and self.channel.kind in _WRITTEN

    def address_of(self, person: str) -> str:
        """`Helen Brandt +1-865-555-0110`: whom to tell, and where."""
        doc = self.staff.people[person]
        kind = self.channel.kind if self.channel else ""
        return f"{doc.name} {address(doc, kind)}".strip()

    @property
    def _ends(self) -> tuple[str, ...]:
        if self.channel is None:
            return ()
        ends = [*self.staff.members(self.channel.from_), *self.staff.members(self.channel.to)]
        return tuple(dict.fromkeys(ends))


def reach(desk: Desk, client: Client, severity: str) -> Reach | None:
    """How word of this severity travels now; None where the client has no document."""
    staff = desk.staff(client)
    if staff is None:
        return None
    found = channel_for(staff, severity, lambda calendar: opens(client, calendar, desk.now))
    channel, at = found or (None, desk.now)
    return Reach(desk, client, staff, severity, channel, at)


def opens(client: Client, calendar: str, now: Instant) -> Instant | None:
    """The first instant of the next two weeks, now included, at which a calendar is open."""
    found = covered(client.calendars.get(calendar, ALWAYS), client.zone, now, now + _AHEAD)
    return found[0][0] if found else None


def on_call(one: Reach) -> str:
    """Whose turn it is, while the rota's calendar is open; "" outside of it."""
    rota = one.staff.on_call
    if rota is None or opens(one.client, rota.calendar, one.desk.now) != one.desk.now:
        return ""
    mine = turn(rota, one.staff.today)
    return mine if one.staff.is_here(mine) else ""


def owners(one: Reach, service: str) -> tuple[str, ...]:
    """Our people who own a service: the person, or who leads the team."""
    owner = one.client.services[service].owner if service in one.client.services else ""
    if owner in one.staff.teams:
        owner = one.staff.teams[owner].lead
    return tuple(id_ for id_ in (owner,) if _is_ours(one, id_))


def leads(one: Reach, service: str) -> tuple[str, ...]:
    """Who leads the team that owns a service, else the teams of whoever owns it or is on call."""
    owner = one.client.services[service].owner if service in one.client.services else ""
    teams = one.staff.teams
    if owner in teams:
        return tuple(id_ for id_ in (teams[owner].lead,) if _is_ours(one, id_))
    inside = [team for team in teams.values() if (owner or on_call(one)) in team.members]
    return tuple(dict.fromkeys(team.lead for team in inside if _is_ours(one, team.lead)))[:1]


def holder(one: Reach, role: str) -> tuple[str, ...]:
    """Who holds a role now: its holder, else the deputy."""
    found = one.staff.doc.roles.get(role)
    here = [id_ for id_ in (found.holder, found.deputy) if one.staff.is_here(id_)] if found else []
    return tuple(here[:1])


def answering(one: Reach, service: str) -> tuple[str, ...]:
    """The A of a service, or the deputy where that person is not here."""
    row = next((row for row in one.staff.doc.raci if row.for_ == service), None)
    here = [id_ for id_ in (row.A, row.deputy) if one.staff.is_here(id_)] if row else []
    return tuple(here[:1])


def house_owners(one: Reach) -> tuple[str, ...]:
    """The people whom the provider's access makes owners of everything."""
    found = (each.person for each in one.desk.model.provider.access if each.role == "owner")
    return tuple(dict.fromkeys(id_ for id_ in found if one.staff.is_here(id_)))


def person_of(one: Reach, login: str) -> tuple[str, ...]:
    """The person behind a login; a person's id stands for itself."""
    found = [id_ for id_, doc in one.staff.people.items() if login and login in (doc.login, id_)]
    return tuple(found[:1])


def addressed(one: Reach, key: str, people: Iterable[str], letter: Letter) -> Iterator[Posting]:
    """The letter for each of these people once, and for the channel's shared account and the hooks that want it."""
    whom = tuple(dict.fromkeys(people))
    for person in whom:
        way, account = _way(one, one.staff.people[person], person)
        mine = structs.replace(letter, person=person, way=way, account=account)
        yield Posting(f"{key} {person}", one.leaves_at, mine)
    if not whom:
        yield Posting(f"{key} nobody", one.desk.now, letter)
    shared = one.channel.id if one.channel else ""
    if shared in one.desk.accounts.chats:
        chat = structs.replace(letter, way=Way.CHAT, account=shared)
        yield Posting(f"{key} chat {shared}", one.leaves_at, chat)
    for name, wanted in one.desk.accounts.hooks.items():
        if letter.about in wanted:
            yield Posting(f"{key} hook {name}", one.desk.now, structs.replace(letter, way=Way.HOOK, account=name))


def _way(one: Reach, doc: PersonDoc, person: str) -> tuple[Way, str]:
    """A phone cannot be dialled from here: whoever has a chat account is told by it, everybody else by mail."""
    if person in one.desk.accounts.chats and doc.org == "msp" and not one.is_written:
        return Way.CHAT, person
    return Way.MAIL, ""


def _is_ours(one: Reach, id_: str) -> bool:
    return one.staff.is_here(id_) and one.staff.people[id_].org == "msp"
