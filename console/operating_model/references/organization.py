"""Organization: teams, turns, roles, RACI rows, channels and stakeholders name people who exist (I2, I3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date

from console.operating_model.references.known import Known, Told, each, one, unknown
from console.operating_model.schema.client import ClientDoc
from console.operating_model.schema.organization import OnCallDoc, PersonDoc, RaciDoc, TeamDoc


def told(doc: ClientDoc, known: Known) -> Told:
    """What is wrong."""
    yield from teams(doc.teams, known.people)
    yield from on_call(doc.on_call, known.people, known.calendars)
    for id_, role in doc.roles.items():
        yield from one(("roles", id_, "holder"), "person", role.holder, known.people)
        yield from one(("roles", id_, "deputy"), "person", role.deputy, known.people)
    yield from _raci(doc, known)
    yield from _channels(doc, known)
    for place, stakeholder in enumerate(doc.stakeholders):
        yield from one(("stakeholders", place, "person"), "person", stakeholder.person, known.people)
    met = {*doc.processes, *doc.services, *doc.policies}
    for place, need in enumerate(doc.needs):
        yield from one(("needs", place, "from"), "person", need.from_, known.people)
        yield from one(("needs", place, "met_by"), "process, service or policy", need.met_by, met)


def teams(written: Mapping[str, TeamDoc], people: Collection[str]) -> Told:
    """Teams whose lead or members nobody knows."""
    for id_, team in written.items():
        yield from one(("teams", id_, "lead"), "person", team.lead, people)
        yield from each(("teams", id_, "members"), "person", team.members, people)


def on_call(written: OnCallDoc | None, people: Collection[str], calendars: Collection[str]) -> Told:
    """A turn that names nobody, or no calendar."""
    if written is not None:
        yield from each(("on_call", "order"), "person", written.order, people)
        yield from one(("on_call", "calendar"), "calendar", written.calendar, calendars)


def _raci(doc: ClientDoc, known: Known) -> Told:
    subjects = {*doc.services, *doc.processes}
    rows = Counter(row.for_ for row in doc.raci)
    parties = {*known.people, *doc.suppliers}
    for place, row in enumerate(doc.raci):
        if row.for_ not in subjects:
            yield ("raci", place, "for"), unknown("service or process", row.for_, subjects)
        if rows[row.for_] > 1:
            yield (
                ("raci", place, "for"),
                f"{row.for_} has {rows[row.for_]} rows; exactly one person answers for it: keep one",
            )
        yield from _raci_row(row, place, known, parties)


def _raci_row(row: RaciDoc, place: int, known: Known, parties: Collection[str]) -> Told:
    yield from each(("raci", place, "R"), "person", row.R, known.people)
    yield from one(("raci", place, "A"), "person", row.A, known.people)
    yield from one(("raci", place, "deputy"), "person", row.deputy, known.people)
    yield from each(("raci", place, "C"), "person or supplier", row.C, parties)
    yield from each(("raci", place, "I"), "person or supplier", row.I, parties)


def gone(doc: ClientDoc, people: Mapping[str, PersonDoc], today: date | None) -> Told:
    """I3: who answers is active on the day, and so is one at least of those who do it."""
    if today is None:
        return
    for place, row in enumerate(doc.raci):
        said = _away(row.A, people, today)
        if said:
            yield ("raci", place, "A"), f"{said}; name somebody who answers for {row.for_} now"
        away = [said for one in row.R if (said := _away(one, people, today))]
        if len(away) == len(row.R):
            yield ("raci", place, "R"), f"{away[0]}; name somebody who does it now"


def _away(id_: str, people: Mapping[str, PersonDoc], today: date) -> str:
    person = people.get(id_)
    if person is not None and person.active_to is not None and person.active_to < today:
        return f"{id_} left on {person.active_to}"
    if person is not None and person.active_from is not None and person.active_from > today:
        return f"{id_} comes on {person.active_from}"
    return ""


def _channels(doc: ClientDoc, known: Known) -> Told:
    ends = {*known.people, *known.teams, "msp", "client", "supplier"}
    for place, channel in enumerate(doc.channels):
        yield from one(("channels", place, "from"), "person or team", channel.from_, ends)
        yield from one(("channels", place, "to"), "person or team", channel.to, ends)
        yield from one(("channels", place, "hours"), "calendar", channel.hours, known.calendars)
