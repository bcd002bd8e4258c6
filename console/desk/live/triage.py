"""Triage: what needs somebody now, the most pressing first, and what came while they were away."""

from __future__ import annotations

from checks.finding import Status
from checks.reading import Instant
from console.desk.live import findings
from console.desk.live.concerning import in_short
from console.desk.live.hosts import living
from console.desk.live.incidents import (
    answers,
    check_of,
    children_of,
    client_of,
    clock,
    concern_of,
    service_name,
    status,
)
from console.desk.live.outbox import banner
from console.desk.live.ranking import in_order, running
from console.desk.live.shifts import called, lately, said_with_offer
from console.desk.live.suppressed import held_back, is_away
from console.desk.office import Asked, Office, Pages, clients
from console.incidents.acknowledged import acknowledgement
from console.incidents.events import Incident
from console.incidents.marks import unanswered
from console.pages.concerning import Concern
from console.pages.incidents import with_guests
from console.pages.triage import Alarm, Alarms, Triage, TriageRow
from console.store.ledger import SILENCE

_NEVER = 1 << 62


def triage(office: Office, asked: Asked) -> Triage:
    """What needs somebody now: incidents by what breaks first, then what is on watch."""
    seen = clients(office, asked)
    open_now = [one for one in office.ledger.cases.open.values() if one.opening.client in seen]
    mine = asked.who.login
    rows = [_incident_row(office, one, asked) for one in in_order(office, open_now, asked.now)]
    rows += [row for client in seen for row in _watched(office, client, asked.now)]
    agents = [agent for client in seen for agent in living(office, client)]
    heard = [office.ledger.states[one.agent] for one in agents]
    ages = [
        state.taken_at
        for state in heard
        if state.taken_at is not None and findings.silent_since(office, state, asked.now) is None
    ]
    needing = [row for row in rows if row.incident is not None and (row.owner in ("", mine) or row.offer)]
    clocks = [row.clock for row in needing if row.clock is not None and row.clock.due_at is not None]
    return Triage(
        now=asked.now,
        needs_you=len(needing),
        soonest=min(clocks, key=lambda clock: clock.due_at or _NEVER, default=None),
        oldest_evidence=min(ages, default=None),
        hosts=len(agents),
        rows=tuple(rows),
        held_back=sum(held_back(office, client, asked.now) for client in seen),
        letters=banner(office, seen, asked.now),
        lately=lately(office, asked, seen),
    )


def alarms(office: Office, asked: Asked) -> Alarms:
    """Marks of 75 % and more after which nobody has done anything, for the banner of every screen (J5)."""
    seen = set(clients(office, asked))
    found = [(one, mark) for one in office.ledger.cases.open.values() if (mark := unanswered(one)) is not None]
    rows = [
        Alarm(one.number, one.opening.client, mark.subject, mark.percent, mark.at, one.owner, one.opening.title)
        for one, mark in found
        if one.opening.client in seen
    ]
    return Alarms(asked.now, tuple(sorted(rows, key=lambda row: (-row.percent, row.at))))


def _incident_row(office: Office, one: Incident, asked: Asked) -> TriageRow:
    now = asked.now
    client, opening = client_of(office, one), one.opening
    concern, children = concern_of(office, one, now), len(children_of(office, one))
    return TriageRow(
        incident=one.number,
        status=status(one),
        what=with_guests(_what(one, concern), opening.host, children),
        client=opening.client,
        client_name=client.name if client else opening.client,
        host=opening.host,
        check=opening.check,
        subject=opening.subject,
        service=opening.service,
        service_name=service_name(client, opening.service),
        owner=one.owner,
        answers=answers(office, one),
        severity=one.severity.value,
        since=opening.detected_at,
        clock=clock(running(office, one, now)),
        next_step=_next_step(office, one, asked.who.login),
        children=children,
        offer=_offer(office, one) if one.offered_to == asked.who.login else "",
        whom=in_short(concern) if concern else None,
    )


def _watched(office: Office, client: str, now: Instant) -> list[TriageRow]:
    """Findings that nobody has to own yet, but somebody should know of."""
    model = office.ledger.model.clients.get(client)
    rows = [
        TriageRow(
            incident=None,
            status=row.status,
            what=f"{row.host}: {row.title} {row.subject}".strip() + f": {row.sentence}",
            client=client,
            client_name=model.name if model else client,
            host=row.host,
            check=row.check,
            subject=row.subject,
            service=row.service,
            service_name=row.service_name,
            owner="",
            answers=row.answers,
            severity="",
            since=row.since,
            clock=None,
            next_step=row.advice,
            whom=row.whom,
        )
        for agent in living(office, client)
        if findings.silent_since(office, office.ledger.states[agent.agent], now) is None
        and not is_away(office, office.ledger.states[agent.agent], now)
        for row in findings.rows(office, office.ledger.shown(agent.agent), now)
        if row.status in (Status.WATCH, Status.UNKNOWN) and row.check != SILENCE
    ]
    return sorted(rows, key=lambda row: (-row.status.rank, row.host, row.check))


def _what(one: Incident, concern: Concern | None) -> str:
    """What is wrong; of an outage that others carry, that the redundancy is gone."""
    if one.outage_from is None or concern is None or one.recovered_at is not None:
        return one.opening.title
    thinner = next((row.sentence for row in concern.rows if row.how == "redundancy"), "")
    return f"{one.opening.host}: {thinner}" if thinner and concern.rows[0].impact == "at risk" else one.opening.title


def _offer(office: Office, one: Incident) -> str:
    """Who offers it, and what they said with it."""
    return f"{called(office, one, one.owner)} offers it to you: “{said_with_offer(one)}”"


def _next_step(office: Office, one: Incident, me: str) -> str:
    if one.offered_to == me:
        return "accept it (H), or talk to them"
    if one.offered_to:
        return f"offered to {called(office, one, one.offered_to)}, who has not accepted yet"
    if one.recovered_at is not None:
        return "say what the cause was (r)" if one.owner else "good again; ends by itself soon"
    known = acknowledgement(one)
    if known is not None:
        return f"waits, says {known.by}: {known.text}"
    if not one.owner:
        return "own it (o)"
    check = check_of(office, one)
    return check.advice if check else ""


PAGES: Pages = {"triage": triage, "alarms": alarms}
