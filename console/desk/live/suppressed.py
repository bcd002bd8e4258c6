"""The page about what alarms nobody: unconfirmed, planned, flapping, away, or a symptom; never silently."""

from __future__ import annotations

from collections.abc import Iterator

from checks.check import GRACE_FACTOR
from checks.finding import Status
from checks.reading import CheckName, Instant
from console.desk.live.hosts import living
from console.desk.office import Asked, Office, Pages, clients
from console.incidents.events import Incident, Kind
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


PAGES: Pages = {"suppressed": suppressed}
