"""What an incident's events tell to whom: its opening, its marks (4.4), an offer of it, and its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import structs

from checks.reading import Instant
from checks.wording import duration
from console.incidents.clock import own_promise, solve_promise
from console.incidents.events import Event, Incident
from console.letters import reach
from console.letters.letter import Letter, Posting
from console.letters.reach import Desk, Reach

TOLD = frozenset({"mark", "offered", "orphaned", "escalated", "cleared", "resolved", "reopened"})
"""The kinds of events that somebody hears of, beside the opening."""
_AT_ONCE = ("S1", "S2")
"""The severities whose opening is told to people; the others stand in their digest."""
Whom = Callable[[Reach, Incident], tuple[str, ...]]


def letters(desk: Desk, incident: Incident, event: Event | None, told: Sequence[str]) -> Iterator[Posting]:
    """The letters of one event, or of the opening where it is None; `told` are the keys that tell of it already."""
    client = desk.model.clients.get(incident.opening.client)
    one = reach.reach(desk, client, incident.severity.value) if client else None
    if one is None:
        return
    if event is None:
        yield from _opening(one, incident)
    elif event.kind == "mark":
        yield from _mark(one, incident, event)
    elif event.kind == "offered":
        yield from _offer(one, incident, event)
    elif event.kind == "orphaned":
        yield from _orphan(one, incident, event)
    elif event.kind == "escalated":
        yield from _escalated(one, incident, event)
    elif event.kind == "reopened":
        yield from _back(one, incident, event, told)
    else:
        yield from _over(one, incident, event, told)


def _opening(one: Reach, incident: Incident) -> Iterator[Posting]:
    if one.severity not in _AT_ONCE or not incident.is_counted:
        return
    opening = incident.opening
    people = (reach.on_call(one) or next(iter(one.ours), ""), *reach.owners(one, opening.service))
    letter = _letter(one, incident, "opening", f"{one.severity} {_what(one, incident)}", ())
    yield from reach.addressed(one, f"incident {incident.number} opening", filter(None, people), letter)


def _mark(one: Reach, incident: Incident, event: Event) -> Iterator[Posting]:
    """A mark on the way to a broken promise, to whom 4.4 names."""
    clock, share = event.subject, event.percent
    whom = _MARKS.get((clock, share))
    if whom is None or not incident.is_open:
        return
    said = "is broken" if share >= 100 else f"has used {share} % of its time"
    lines = [f"The promise to {clock} it {said}."]
    told = one.tells_client if (clock, share) == ("resolve", 100) else ()
    if told:
        by = one.channel.kind if one.channel else "phone"
        lines.append(f"Tell the client by {by}: {'; '.join(one.address_of(id_) for id_ in told)}")
    subject = f"{one.severity} {clock} {share} %: {_what(one, incident)}"
    people = [id_ for find in whom for id_ in find(one, incident)]
    key = f"incident {incident.number} mark {clock} {share}"
    yield from reach.addressed(one, key, people, _letter(one, incident, "mark", subject, lines))
    if told and one.is_written:
        client = f"We have not solved it in the time that was promised: {incident.opening.title}"
        letter = Letter("mark", f"Late: {incident.opening.title}", (client,), one.client.id, severity=one.severity)
        for person in told:
            yield from reach.addressed(one, f"{key} client", (person,), letter)


def _offer(one: Reach, incident: Incident, event: Event) -> Iterator[Posting]:
    by = one.desk.model.called(one.client.id, event.by)
    subject = f"{by} offers you {one.severity} {_what(one, incident)}"
    letter = _letter(one, incident, "offer", subject, [f"Accept it in the console. {event.text}".strip()])
    key = f"incident {incident.number} offer {len(incident.events)}"
    yield from reach.addressed(one, key, reach.person_of(one, event.to), letter)


def _orphan(one: Reach, incident: Incident, event: Event) -> Iterator[Posting]:
    """A hand-over that nobody accepted in time: whoever leads hears of it (4.4)."""
    letter = _letter(one, incident, "orphan", f"Nobody took over {one.severity} {_what(one, incident)}", [event.text])
    key = f"incident {incident.number} orphan {len(incident.events)}"
    yield from reach.addressed(one, key, reach.leads(one, incident.opening.service), letter)


def _escalated(one: Reach, incident: Incident, event: Event) -> Iterator[Posting]:
    by = one.desk.model.called(one.client.id, event.by)
    subject = f"{by} needs you: {one.severity} {_what(one, incident)}"
    letter = _letter(one, incident, "escalation", subject, [event.text])
    key = f"incident {incident.number} escalation {len(incident.events)}"
    yield from reach.addressed(one, key, reach.person_of(one, event.to), letter)


def _over(one: Reach, incident: Incident, event: Event, told: Sequence[str]) -> Iterator[Posting]:
    """The end, to whoever was told of the beginning; who ended it knows. Nothing where it goes on by now."""
    if incident.is_open:
        return
    by = f"{one.desk.model.called(one.client.id, event.by)} ended it" if event.by else "It ended by itself"
    letter = _letter(one, incident, "over", f"Over: {_what(one, incident)}", [f"{by}. {event.text}".strip()])
    before = f"incident {incident.number} opening "
    openings = (key for key in told if key.startswith(before) and " " not in key.removeprefix(before))
    key = f"incident {incident.number} over {len(incident.events)}"
    yield from _to_each(one, key, letter, openings, but=reach.person_of(one, event.by))


def _back(one: Reach, incident: Incident, event: Event, told: Sequence[str]) -> Iterator[Posting]:
    """It is not over after all, to whoever was to hear that it is: where that has not left, neither does this."""
    if not incident.is_open:
        return
    by = f"{one.desk.model.called(one.client.id, event.by)} opened it again" if event.by else "It came back"
    letter = _letter(one, incident, "back", f"Back: {_what(one, incident)}", [f"{by}. {event.text}".strip()])
    key = f"incident {incident.number} back {len(incident.events)}"
    yield from _to_each(one, key, letter, _last_ends(incident.number, told))


def _last_ends(number: int, told: Sequence[str]) -> list[str]:
    """The keys that tell of the last end, where nothing has taken it back yet: `incident 7 over 5 priya`."""
    start = f"incident {number} "
    words = [key.removeprefix(start).split(" ") for key in told if key.startswith((f"{start}over ", f"{start}back "))]
    last = max((int(one[1]) for one in words), default=0)
    return [f"{start}{' '.join(one)}" for one in words if int(one[1]) == last and one[0] == "over" and len(one) == 3]


def _to_each(one: Reach, key: str, letter: Letter, told: Iterable[str], but: Sequence[str] = ()) -> Iterator[Posting]:
    """To each person to whom an earlier letter goes, by its key, which ends with who they are; only after that one."""
    for earlier in told:
        person = earlier.rpartition(" ")[2]
        if person in one.staff.people and person not in but:
            yield from reach.addressed(one, key, (person,), structs.replace(letter, after=earlier))


def _letter(one: Reach, incident: Incident, about: str, subject: str, first: Sequence[str]) -> Letter:
    """What somebody needs who reads it on a phone: what, where, since when, whose, by when, what to call."""
    opening, client, now = incident.opening, one.client, one.desk.now
    service = client.services.get(opening.service)
    own, solve = own_promise(client, incident, now), solve_promise(client, incident, now)
    whose = one.desk.model.called(client.id, incident.owner) if incident.owner else "nobody yet"
    tells = "; ".join(one.address_of(id_) for id_ in one.tells_client)
    lines = [
        *first,
        f"what      {opening.title}",
        f"where     {opening.host} ({client.name})" if opening.host else f"where     {client.name}",
        f"service   {service.name if service else 'none in the model'}",
        f"since     {local(one, opening.detected_at)}",
        f"owner     {whose}",
        *([f"own by    {local(one, own.due_at)}"] if own and own.due_at and not incident.owner else []),
        *([f"solve by  {local(one, solve.due_at)}"] if solve and solve.due_at else []),
        *([f"client    {tells} (by {one.channel.kind})"] if tells and one.channel else []),
        "",
        f"watchbill own {incident.number}" if not incident.owner else f"watchbill incident {incident.number}",
    ]
    return Letter(
        about=about,
        subject=subject,
        lines=tuple(lines),
        client=client.id,
        severity=one.severity,
        incident=incident.number,
        facts=_facts(incident, about, now),
    )


def _facts(incident: Incident, about: str, now: Instant) -> Mapping[str, str]:
    opening = incident.opening
    return {
        "about": about,
        "incident": str(incident.number),
        "client": opening.client,
        "service": opening.service,
        "host": opening.host,
        "check": opening.check,
        "title": opening.title,
        "severity": incident.severity.value,
        "state": incident.state,
        "owner": incident.owner,
        "open_for": duration(max(0, now - opening.detected_at)),
    }


def _what(one: Reach, incident: Incident) -> str:
    opening = incident.opening
    service = one.client.services.get(opening.service)
    name = service.name if service else opening.host
    return f"#{incident.number} {one.client.name}: {name}, {opening.title}"


def local(one: Reach, at: Instant) -> str:
    """`Tue 24 Nov 13:05 EST`: an instant in the client's zone, which it names."""
    return f"{datetime.fromtimestamp(at, one.client.zone):%a %d %b %H:%M %Z}"


def _queue(one: Reach, incident: Incident) -> tuple[str, ...]:
    return (*filter(None, (reach.on_call(one),)), *reach.owners(one, incident.opening.service))


def _owner(one: Reach, incident: Incident) -> tuple[str, ...]:
    return reach.person_of(one, incident.owner)


def _lead(one: Reach, incident: Incident) -> tuple[str, ...]:
    return reach.leads(one, incident.opening.service)


def _delivery(one: Reach, incident: Incident) -> tuple[str, ...]:
    return (*reach.holder(one, "service-delivery-manager"), *reach.answering(one, incident.opening.service))


def _house(one: Reach, _: Incident) -> tuple[str, ...]:
    return reach.house_owners(one)


_MARKS: Mapping[tuple[str, int], tuple[Whom, ...]] = {
    ("own", 75): (_queue,),
    ("own", 100): (_lead,),
    ("own", 150): (_house,),
    ("resolve", 50): (_owner,),
    ("resolve", 75): (_lead,),
    ("resolve", 100): (_delivery,),
    ("resolve", 150): (_house,),
}
"""Who is told at which mark (4.4)."""
