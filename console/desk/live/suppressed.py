"""The page about what alarms nobody: unconfirmed, planned, flapping, away, or a symptom; never silently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checks.check import GRACE_FACTOR
from checks.finding import Status
from checks.reading import CheckName, Instant
from console.desk.live.hosts import living
from console.desk.office import Asked, Office, Pages, clients
from console.incidents.events import Event, Incident, Kind
from console.incidents.flapping import is_flapping
from console.incidents.holding import HeldBack
from console.operating_model.entities import Client
from console.pages.suppressed import Suppressed, SuppressedRow
from console.service_levels.presence import MISSED_AFTER, missed_at, presence_of
from console.store.ledger import SILENCE
from console.store.standing import AgentState, Held
from console.watch.silence import grace

_WEEK = 7 * 86_400


def suppressed(office: Office, asked: Asked) -> Suppressed:
    """What is held back now, and what was in the last seven days."""
    seen = clients(office, asked)
    held = [row for client in seen for row in _held(office, client, asked.now)]
    held.sort(key=lambda row: (row.client, row.host, row.check, row.subject))
    past = [row for client in seen for row in _past(office, client, asked.now)]
    past.sort(key=lambda row: -(row.until or 0))
    return Suppressed(asked.now, (*held, *past), len(held))


def held_back(office: Office, client: str, now: Instant) -> int:
    """How many findings of a client alarm nobody yet, symptoms and what flaps left out: they have their incident."""
    return sum(row.incident is None for row in _held(office, client, now))


def quiet_since(office: Office, client: str, since: Instant) -> frozenset[tuple[str, str, str, Instant]]:
    """Host, check, subject and instant of every breach that was held back at first, of what ended since then."""
    past = office.history.suppressed(client, since)
    found = {(row.host, row.check, row.subject, row.since) for row in past}
    for agent in living(office, client):
        state = office.ledger.states[agent.agent]
        backs = [(one.check, one.seen.subject, one.back) for one in state.held.values()]
        backs += [(SILENCE, "", state.quiet)]
        found |= {(state.host, check, subject, back.since) for check, subject, back in backs if back is not None}
    return frozenset(found)


def is_away(office: Office, state: AgentState, now: Instant) -> bool:
    """Whether a host is not heard, and nobody misses it yet by its presence."""
    return any(True for _ in _away(office, state, now))


def _held(office: Office, client: str, now: Instant) -> Iterator[SuppressedRow]:
    for agent in living(office, client):
        state = office.ledger.states[agent.agent]
        for one in state.held.values():
            if one.back is not None and one.check in office.ledger.checks:
                yield _row(office, state, one, one.back)
        if state.quiet is not None:
            yield _silence(office, state, state.quiet)
        elif not agent.is_imported:
            yield from _away(office, state, now)
    for incident in office.ledger.cases.open.values():
        if incident.opening.client == client:
            yield from _of_incident(office, incident)


def _row(office: Office, state: AgentState, one: Held, back: HeldBack) -> SuppressedRow:
    return SuppressedRow(
        client=state.client,
        host=state.host,
        check=one.check,
        title=office.ledger.checks[one.check].title,
        subject=one.seen.subject,
        status=one.status,
        why=back.why,
        about=back.about,
        since=back.since,
        until=back.until,
    )


def _silence(office: Office, state: AgentState, back: HeldBack) -> SuppressedRow:
    return SuppressedRow(
        client=state.client,
        host=state.host,
        check=SILENCE,
        title=office.ledger.checks[SILENCE].title,
        subject="",
        status=Status.UNKNOWN,
        why=back.why,
        about=back.about,
        since=back.since,
        until=back.until,
    )


def _away(office: Office, state: AgentState, now: Instant) -> Iterator[SuppressedRow]:
    """A host that is not heard, and that nobody misses yet by its presence."""
    client = office.ledger.model.clients.get(state.client)
    presence = presence_of(client, state.host)
    usual = (state.taken_at or now) + GRACE_FACTOR * max(1, state.pace)
    if presence not in MISSED_AFTER or state.silent_since is not None or state.taken_at is None or now <= usual:
        return
    until = missed_at(client, state.host, state.taken_at, _allowed(office, state, client))
    if until is not None and until <= now:
        return
    yield _silence(office, state, HeldBack("presence", f"presence: {presence}", usual, until))


def _allowed(office: Office, state: AgentState, client: Client | None) -> int:
    judging = office.ledger.judging(state.client, state.host, 0)
    return grace(state, office.ledger.checks[SILENCE], judging, client)


def _of_incident(office: Office, one: Incident) -> Iterator[SuppressedRow]:
    """Symptoms under a root, and what flaps."""
    opening = one.opening
    check = office.ledger.checks.get(CheckName(opening.check))
    title = check.title if check else opening.check
    if one.parent:
        told = [event for event in one.events if event.kind in (Kind.CHILD, Kind.MERGED)]
        about, since = (told[-1].text, told[-1].at) if told else (f"under #{one.parent}", opening.detected_at)
        why, incident = "symptom", one.parent
    elif is_flapping(one):
        event = next(event for event in reversed(one.events) if event.kind is Kind.FLAPPING)
        about, since, why, incident = event.text, event.at, "flapping", one.number
    else:
        return
    yield SuppressedRow(
        client=opening.client,
        host=opening.host,
        check=opening.check,
        title=title,
        subject=opening.subject,
        status=Status.UNKNOWN if opening.check == SILENCE else Status.BREACH,
        why=why,
        about=about,
        since=since,
        until=None,
        incident=incident,
    )


def _past(office: Office, client: str, now: Instant) -> Iterator[SuppressedRow]:
    for row in office.history.suppressed(client, now - _WEEK):
        check = office.ledger.checks.get(CheckName(row.check))
        yield SuppressedRow(
            client=client,
            host=row.host,
            check=row.check,
            title=check.title if check else row.check,
            subject=row.subject,
            status=Status.NOT_DUE,
            why=row.why,
            about=row.about,
            since=row.since,
            until=row.until,
            came=row.came,
        )

    for incident in office.history.incidents_touching(client, now - _WEEK, now + 1):
        yield from _stretches(office, incident, now)


_ENDS = {Kind.CHILD: Kind.FREED, Kind.MERGED: Kind.REOPENED, Kind.FLAPPING: Kind.STEADY}


def _stretches(office: Office, one: Incident, now: Instant) -> Iterator[SuppressedRow]:
    """When an incident was a symptom, or flapped, as far as that is over."""
    opening = one.opening
    check = office.ledger.checks.get(CheckName(opening.check))
    for place, event in enumerate(one.events):
        if event.kind not in _ENDS:
            continue
        later = one.events[place + 1 :]
        end = next((after for after in later if after.kind in (_ENDS[event.kind], event.kind)), None)
        until = end.at if end is not None else one.resolved_at
        if until is None or until < now - _WEEK:
            continue
        yield SuppressedRow(
            client=opening.client,
            host=opening.host,
            check=opening.check,
            title=check.title if check else opening.check,
            subject=event.subject or opening.subject,
            status=Status.NOT_DUE,
            why="flapping" if event.kind is Kind.FLAPPING else "symptom",
            about=event.text,
            since=event.at,
            until=until,
            came=_came(event, end, later),
            incident=event.parent or one.number,
        )


def _came(event: Event, end: Event | None, later: Sequence[Event]) -> str:
    """What came of a stretch: it was told as bad, was well by then, or something else had it."""
    if end is None:
        return "passed"
    if end.kind is event.kind:
        return "held on"
    told = [one.kind for one in later[: later.index(end)] if one.kind in (Kind.RECOVERED, Kind.RELAPSED)]
    return "passed" if told and told[-1] is Kind.RECOVERED else "raised"


PAGES: Pages = {"suppressed": suppressed}
