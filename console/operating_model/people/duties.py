"""Everything that one person holds at one client (14, 34): the page that each of them can put on the wall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from console.operating_model.people.falling_due import due
from console.operating_model.people.reach import hours_words, row_of, telling_steps, to_person, ways
from console.operating_model.people.staff import WEEK, Staff, turns
from console.operating_model.rights import holders

WEEKS_AHEAD = 4
OWNS, ANSWERS, DOES, DEPUTISES = "owns", "answers for", "does", "stands in for"
ASKED, TOLD, TELLS = "is asked about", "is told of", "tells"
ROLES, DECIDES, TEAMS, ON_CALL, REACHED, DATES = "roles", "decides", "teams", "on call", "reached by", "dates"
KINDS = (OWNS, ANSWERS, DOES, DEPUTISES, ASKED, TOLD, TELLS, ROLES, DECIDES, TEAMS, ON_CALL, REACHED, DATES)


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that a person holds."""

    kind: str
    """One of KINDS."""
    thing: str
    """`service`, `process`, `supplier` …"""
    id: str
    short: str
    """A few words."""
    text: str
    """A sentence."""
    due: date | None = None
    is_late: bool = False


def duties(staff: Staff, person: str) -> tuple[Duty, ...]:
    """Everything that a person holds, by kind, dates in order."""
    found = [one for part in _PARTS for one in part(staff, person)]
    return tuple(sorted(found, key=lambda one: KINDS.index(one.kind)))


def alone(staff: Staff, person: str) -> tuple[str, ...]:
    """The services that nobody else can do (bus factor 1, 2.4)."""
    rows = ((row.for_, {*row.R, row.deputy} - {""}) for row in staff.doc.raci if row.for_ in staff.doc.services)
    return tuple(service for service, able in rows if able == {person})


def _owned(staff: Staff, person: str) -> Iterator[Duty]:
    for id_ in (id_ for id_, service in staff.doc.services.items() if service.owner == person):
        yield _service(staff, id_)
    for id_, policy in staff.doc.policies.items():
        if person in holders(staff.doc, policy.owner)[:1]:
            yield Duty(OWNS, "policy", id_, f"policy {id_}", f"policy {id_}, as {policy.owner}")
    for id_, supplier in staff.doc.suppliers.items():
        if supplier.owner == person:
            text = f"{supplier.name}: service desk {supplier.service_desk or 'not written'}"
            yield Duty(OWNS, "supplier", id_, supplier.name, text)
    for outcome in (one for one in staff.doc.outcomes if one.owner == person):
        yield Duty(OWNS, "outcome", outcome.id, f"outcome {outcome.id}", f"{outcome.id}: {outcome.text}")


def _service(staff: Staff, id_: str) -> Duty:
    service, row = staff.doc.services[id_], row_of(staff, id_)
    answers = f"{staff.called(row.A)} answers for it" if row else "nobody answers for it"
    text = f"{staff.subject(id_)}: criticality {service.criticality}, {hours_words(service.hours)}; {answers}"
    return Duty(OWNS, "service", id_, staff.subject(id_), text)


def _rows(staff: Staff, person: str) -> Iterator[Duty]:
    for row in staff.doc.raci:
        thing = "service" if row.for_ in staff.doc.services else "process"
        name = staff.subject(row.for_)
        if person == row.A:
            deputy = f"; {staff.called(row.deputy)} stands in" if row.deputy else "; nobody stands in"
            yield Duty(ANSWERS, thing, row.for_, name, f"{name}{deputy}")
        if person in row.R:
            others = [staff.called(one) for one in row.R if one != person]
            yield Duty(DOES, thing, row.for_, name, f"{name}{', with ' + ', '.join(others) if others else ', alone'}")
        if row.deputy == person:
            yield Duty(DEPUTISES, thing, row.for_, name, f"{name}, for {staff.called(row.A)}")
        if person in row.C:
            yield Duty(ASKED, thing, row.for_, name, f"{name}, before it is done")
        if person in row.I:
            step = _step(staff, row.for_)
            yield Duty(TOLD, thing, row.for_, name + (f" ({step})" if step else ""), f"{name}{_at(step)}")


def _step(staff: Staff, subject: str) -> str:
    return ", ".join(telling_steps(staff, subject)) if subject in staff.doc.processes else ""


def _at(step: str) -> str:
    return f", at the step {step}" if step else ""


def _roles(staff: Staff, person: str) -> Iterator[Duty]:
    for id_, role in staff.doc.roles.items():
        if role.holder == person:
            yield Duty(ROLES, "role", id_, id_, f"{id_}; {staff.called(role.deputy)} stands in")
        elif role.deputy == person:
            yield Duty(ROLES, "role", id_, f"{id_} (deputy)", f"{id_}, for {staff.called(role.holder)}")


def _decides(staff: Staff, person: str) -> Iterator[Duty]:
    for right in staff.doc.decision_rights:
        if person in holders(staff.doc, right.by):
            limit = f", up to {right.limit}" if right.limit else ""
            needs = f"; needs {', '.join(right.needs)}" if right.needs else ""
            yield Duty(DECIDES, "decision", right.what, right.what, f"{right.what}{limit}{needs}")
    for id_, policy in staff.doc.policies.items():
        if policy.waive and person in holders(staff.doc, policy.waive):
            yield Duty(DECIDES, "policy", id_, f"waivers of {id_}", f"waivers of {id_}, as {policy.waive}")


def _tells(staff: Staff, person: str) -> Iterator[Duty]:
    """Whom somebody who does the work tells of it, and by what (34)."""
    mine = [row for row in staff.doc.raci if person in row.R]
    for one in dict.fromkeys(one for row in mine for one in row.I if one in staff.people and one != person):
        found = ways(staff, one)
        by = "; by ".join(way.words for way in found) or "a channel that is not written"
        short = " · ".join(f"{way.kind} {', '.join(way.use)}" for way in found)
        yield Duty(TELLS, "person", one, f"{staff.called(one)}: {short}", f"{staff.called(one)}, by {by}")


def _teams(staff: Staff, person: str) -> Iterator[Duty]:
    for id_, team in staff.teams.items():
        if person in (team.lead, *team.members):
            others = ", ".join(staff.called(one) for one in staff.members(id_) if one != person) or "nobody else"
            is_lead = team.lead == person
            short = f"{id_} (lead)" if is_lead else id_
            yield Duty(TEAMS, "team", id_, short, f"{'leads' if is_lead else 'in'} {id_}, with {others}")


def _channels(staff: Staff, person: str) -> Iterator[Duty]:
    for channel, end in to_person(staff, person):
        use, by = ", ".join(channel.use), f", by {channel.by}" if channel.by else ""
        through = f" to {staff.called(end)}" if end != person else ""
        text = (
            f"{channel.kind} from {staff.called(channel.from_)}{through} for {use} ({hours_words(channel.hours)}{by})"
        )
        yield Duty(REACHED, "channel", channel.id, f"{channel.kind} for {use}", text)


def _turns(staff: Staff, person: str) -> Iterator[Duty]:
    if staff.on_call is None:
        return
    for first, who in turns(staff.on_call, staff.today, WEEKS_AHEAD):
        if who == person:
            last = first + WEEK - timedelta(days=1)
            short = f"{first:%d %b}–{last:%d %b}" + (" (now)" if first <= staff.today <= last else "")
            yield Duty(ON_CALL, "week", f"{first}", short, f"{short}, {hours_words(staff.on_call.calendar)}", first)


def _dates(staff: Staff, person: str) -> Iterator[Duty]:
    for one in sorted(due(staff, person), key=lambda one: (one.when, one.id)):
        is_late = one.when < staff.today
        when = f"{one.when:%d %b %Y}" + (", past:" if is_late else "")
        short = f"{one.when:%d %b} {one.id}" + (" late" if is_late else "")
        yield Duty(DATES, "date", one.id, short, f"{when}  {one.text}", one.when, is_late)
    for need in staff.doc.needs:
        if need.from_ == person:
            met = f"met by {staff.subject(need.met_by)}" if need.met_by else "nothing meets it yet"
            yield Duty(DATES, "need", need.id, f"need {need.id}: {met}", f"“{need.text}”: {met}")


_PARTS = (_owned, _rows, _roles, _tells, _decides, _teams, _turns, _channels, _dates)
