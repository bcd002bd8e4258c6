"""The people of one client's model: its own and the provider's, with their teams and turns, on one local date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from console.operating_model.problems import nearest
from console.operating_model.schema.client import ClientDoc, ProviderDoc
from console.operating_model.schema.organization import OnCallDoc, PersonDoc, TeamDoc
from console.operating_model.schema.records import ActionRecord, DecisionRecord, RecordDoc, WaiverRecord

Kind = TypeVar("Kind", ActionRecord, DecisionRecord, WaiverRecord)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Staff:
    """One client's document, the provider's, and the records that hold, on one local date."""

    doc: ClientDoc
    provider: ProviderDoc | None
    today: date
    records: Sequence[RecordDoc] = ()

    @property
    def client(self) -> str:
        """The client's id."""
        return self.doc.client.id

    @property
    def people(self) -> dict[str, PersonDoc]:
        """Everybody, by id: the provider's people, and the client's own."""
        return {**(self.provider.people if self.provider else {}), **self.doc.people}

    @property
    def teams(self) -> dict[str, TeamDoc]:
        """Every team, by id."""
        return {**(self.provider.teams if self.provider else {}), **self.doc.teams}

    @property
    def on_call(self) -> OnCallDoc | None:
        """The turns in force: the client's own, else the provider's."""
        return self.doc.on_call or (self.provider.on_call if self.provider else None)

    def of(self, kind: type[Kind]) -> list[Kind]:
        """The records of one kind."""
        return [one for one in self.records if isinstance(one, kind) and one.client == self.client]

    def called(self, id_: str) -> str:
        """The name of a person, a team or a supplier; the id where nobody has it; "nobody" for ""."""
        if id_ in self.people:
            return self.people[id_].name
        if id_ in self.doc.suppliers:
            return self.doc.suppliers[id_].name
        return f"team {id_}" if id_ in self.teams else id_ or "nobody"

    def subject(self, id_: str) -> str:
        """The name of a service or a process."""
        if id_ in self.doc.services:
            return self.doc.services[id_].name or id_
        return self.doc.processes[id_].name if id_ in self.doc.processes else id_

    def members(self, end: str) -> list[str]:
        """The people at one end of a channel: a person, a team with its lead first, a role's holder and deputy, or
        everybody of an organization."""
        if end in self.people:
            return [end]
        if end in self.teams:
            return list(dict.fromkeys([self.teams[end].lead, *self.teams[end].members]))
        if end in self.doc.roles:
            role = self.doc.roles[end]
            return [one for one in (role.holder, role.deputy) if one in self.people]
        return [id_ for id_, one in self.people.items() if one.org == end]

    def is_here(self, id_: str) -> bool:
        """Whether a person exists and is active on this date."""
        person = self.people.get(id_)
        if person is None:
            return False
        started = person.active_from is None or person.active_from <= self.today
        return started and (person.active_to is None or person.active_to >= self.today)


def turn(on_call: OnCallDoc, day: date) -> str:
    """Who is on call on a local date: a weekly turn through `order` from `start` on; "" before it starts."""
    return "" if day < on_call.start else on_call.order[(day - on_call.start).days // 7 % len(on_call.order)]


def turns(on_call: OnCallDoc, today: date, weeks: int) -> Iterator[tuple[date, str]]:
    """The first day of this turn and of those that follow, each with whose it is."""
    past = max(0, (today - on_call.start).days // 7)
    first = on_call.start + past * WEEK
    for week in range(weeks):
        yield first + week * WEEK, turn(on_call, first + week * WEEK)


def named(people: Mapping[str, PersonDoc], wanted: str) -> list[str]:
    """The ids of the people that a word may mean: an id, a login, a whole name, or a part of names."""
    word = wanted.strip().casefold()
    exact = [id_ for id_, one in people.items() if word in (id_, one.login.casefold(), one.name.casefold()) and word]
    if exact:
        return exact[:1] if word in people else exact
    return [id_ for id_, one in people.items() if word and word in one.name.casefold()]


def meant(people: Mapping[str, PersonDoc], wanted: str) -> str:
    """The nearest name, as the end of a sentence that says that there is none."""
    return nearest(wanted.strip().casefold(), [*people, *(one.name.casefold() for one in people.values())])
