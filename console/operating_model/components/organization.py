"""Organization: people, teams, roles, turns, who answers for what, how word travels, whose agreement counts (33)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from console.operating_model.components.entry import Component, Entry, Live, counted, nothing, plain
from console.operating_model.people.duties import alone, duties
from console.operating_model.people.orphans import orphans
from console.operating_model.people.reach import hours_words
from console.operating_model.people.staff import Staff, turn, turns
from console.operating_model.schema.organization import PersonDoc, RaciDoc
from console.operating_model.words import DAYS


def component(staff: Staff, live: Live) -> Component:
    """The people first, then what binds them."""
    rows = [*_people(staff, live), *_or(staff, _teams(staff), "team", "teams", "who takes work together")]
    rows += _or(staff, _roles(staff), "role", "roles", "who decides, and who stands in")
    rows += _or(staff, _on_call(staff), "on call", "on_call", "who is called outside shifts")
    rows += _or(staff, _raci(staff, live), "raci", "raci", "who does, answers for, is asked about and told of what")
    rows += _or(staff, _channels(staff), "channel", "channels", "how word travels for each severity")
    rows += _or(
        staff, _stakeholders(staff), "stakeholder", "stakeholders", "whose agreement counts, and what they need"
    )
    lost = list(_orphans(staff))
    sole = sum(len(alone(staff, one)) for one in staff.people)
    called = turn(staff.on_call, staff.today) if staff.on_call else ""
    owned = sum(live.incidents.values())
    words = [counted(len(staff.people), "person", "people"), f"{staff.called(called)} on call"]
    words += [counted(owned, "incident owned", "incidents owned")]
    words += [f"{counted(sole, 'service hangs', 'services hang')} on one person"] if sole else []
    words += [f"{counted(len(lost), 'thing hangs', 'things hang')} on nobody who is here"] if lost else []
    tone = "breach" if lost else "watch" if sole or not called else "ok"
    return Component(" · ".join(words), (*lost, *rows), tone)


def _orphans(staff: Staff) -> Iterator[Entry]:
    """What hangs on somebody who is not here stands before everything else (35)."""
    for one in orphans(staff):
        says = f"{one.thing} {one.id}: {one.text}"
        row = plain(
            "orphan", one.id, staff.subject(one.id), (f"{one.part}: {staff.called(one.person)}", says, one.part)
        )
        detail = (says, f"as         {one.part}", "to close   name somebody who is here")
        yield replace(row, detail=detail, person=one.person, tone="breach")


def _or(staff: Staff, rows: Iterable[Entry], kind: str, section: str, would: str) -> list[Entry]:
    return list(rows) or [nothing(kind, section, would, staff.client)]


def shift_words(person: PersonDoc) -> str:
    """Usual working hours: `mon–thu 08:00–17:00`."""
    spans: list[tuple[int, int, str]] = []
    for day, windows in enumerate(person.shift):
        said = ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in windows)
        if said and spans and spans[-1][2] == said and spans[-1][1] == day - 1:
            spans[-1] = (spans[-1][0], day, said)
        elif said:
            spans.append((day, day, said))
    days = ((DAYS[first] if first == last else f"{DAYS[first]}–{DAYS[last]}", said) for first, last, said in spans)
    return "; ".join(f"{word} {said}" for word, said in days)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _people(staff: Staff, live: Live) -> Iterator[Entry]:
    for id_, person in staff.people.items():
        held = duties(staff, id_)
        roles = ", ".join(one.short for one in held if one.kind == "roles")
        teams = ", ".join(one.short for one in held if one.kind == "teams")
        weeks = ", ".join(one.short for one in held if one.kind == "on call")
        owned = live.incidents.get(id_, 0)
        now = "gone" if not staff.is_here(id_) else f"{owned} open" if owned else "–"
        detail = (
            f"{person.name}{', ' + person.title if person.title else ''} ({person.org})",
            "",
            f"reached    {person.phone or 'no phone'} · {person.email or 'no mail'}",
            f"shift      {shift_words(person) or 'not written'}",
            f"on call    {weeks or 'not in the next four weeks'}",
            f"teams      {teams or 'none'}",
            *(f"{one.kind:<10} {one.text}" for one in held if one.kind not in ("teams", "on call")),
        )
        row = plain("person", id_, person.name, (person.title or person.org, roles or teams or "no role", now))
        yield replace(row, detail=detail, person=id_, tone="" if staff.is_here(id_) else "breach")


def _teams(staff: Staff) -> Iterator[Entry]:
    for id_, team in staff.teams.items():
        others = ", ".join(staff.called(one) for one in staff.members(id_))
        row = plain("team", id_, id_, (f"{staff.called(team.lead)} leads", others, ""))
        detail = (f"team {id_}", f"lead       {staff.called(team.lead)}", f"people     {others}",
                  f"hand-out   watchbill handout --team {id_}")  # fmt: skip
        yield replace(row, detail=detail, person=team.lead)


def _roles(staff: Staff) -> Iterator[Entry]:
    for id_, role in staff.doc.roles.items():
        rights = [one.what for one in staff.doc.decision_rights if one.by == id_]
        waives = [f"waivers of {name}" for name, one in staff.doc.policies.items() if one.waive == id_]
        says = f"{staff.called(role.deputy)} stands in"
        row = plain("role", id_, id_, (staff.called(role.holder), says, "" if role.holder else "nobody holds it"))
        detail = (
            f"{id_}: {staff.called(role.holder)}",
            f"deputy     {staff.called(role.deputy)}",
            f"decides    {', '.join([*rights, *waives]) or 'nothing by itself'}",
            f"sees       {', '.join(role.sees) or 'nothing more than others'}",
        )
        tone = "breach" if not role.holder else "watch" if not role.deputy else ""
        yield replace(row, detail=detail, person=role.holder, tone=tone)


def _on_call(staff: Staff) -> Iterator[Entry]:
    rota = staff.on_call
    if rota is None:
        return
    ahead = [f"{first:%a %d %b}  {staff.called(who)}" for first, who in turns(rota, staff.today, 4)]
    who = turn(rota, staff.today)
    after = next((other for first, other in turns(rota, staff.today, 2) if first > staff.today), "")
    row = plain("on call", "on-call", "this week", (staff.called(who), f"{staff.called(after)} from next turn", ""))
    yield replace(row, detail=(f"a {rota.rota} turn, {hours_words(rota.calendar)}", "", *ahead), person=who)


def _raci(staff: Staff, live: Live) -> Iterator[Entry]:
    for one in staff.doc.raci:
        says = f"R {_named(staff, one.R)}; {staff.called(one.deputy)} stands in"
        row = plain("raci", one.for_, staff.subject(one.for_), (f"A {staff.called(one.A)}", says, ""))
        is_thin = len({*one.R, one.deputy} - {""}) < 2 and one.for_ in staff.doc.services
        yield replace(row, detail=_letters(staff, one, live), person=one.A, tone="watch" if is_thin else "")


def _letters(staff: Staff, one: RaciDoc, live: Live) -> tuple[str, ...]:
    return (
        f"{staff.subject(one.for_)}: who does what",
        "",
        f"does (R)        {_named(staff, one.R)}",
        f"answers (A)     {staff.called(one.A)}",
        f"stands in       {staff.called(one.deputy)}",
        f"is asked (C)    {_named(staff, one.C)}",
        f"is told (I)     {_named(staff, one.I)}",
        *live.to_close(one.for_),
    )


def _named(staff: Staff, ids: Iterable[str]) -> str:
    return ", ".join(staff.called(one) for one in ids) or "nobody"


def _channels(staff: Staff) -> Iterator[Entry]:
    for one in staff.doc.channels:
        reached = _named(staff, staff.members(one.to))
        when = f"by {one.by}" if one.by else hours_words(one.hours)
        who = f"{staff.called(one.from_)} → {staff.called(one.to)}"
        row = plain("channel", one.id, one.kind, (who, f"for {', '.join(one.use)}, {when}", ""))
        detail = (f"{one.kind} for {', '.join(one.use)}, {when}", f"from       {staff.called(one.from_)}",
                  f"to         {staff.called(one.to)}: {reached}")  # fmt: skip
        yield replace(row, detail=detail, person=next(iter(staff.members(one.to)), ""))


def _stakeholders(staff: Staff) -> Iterator[Entry]:
    for one in staff.doc.stakeholders:
        needs = [need for need in staff.doc.needs if need.from_ == one.person]
        unmet = sum(not need.met_by for need in needs)
        says = f"interest {one.interest}, influence {one.influence}" + (", must sign" if one.must_sign else "")
        row = plain("stakeholder", one.person, staff.called(one.person), ("", says, f"{unmet} unmet" if unmet else ""))
        met = (f"needs      “{need.text}”: {staff.subject(need.met_by) or 'nothing meets it yet'}" for need in needs)
        detail = (f"{staff.called(one.person)}: {says}", *met)
        yield replace(row, detail=detail, person=one.person, tone="watch" if unmet else "")
