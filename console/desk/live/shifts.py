"""The two ends of a shift: what came since somebody left (J1), and what goes to whoever comes after them (J8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from checks.finding import Status
from checks.reading import Instant
from console.desk.live import findings
from console.desk.live.hosts import living
from console.desk.live.incidents import client_of, clock, service_name, status
from console.desk.live.ranking import running
from console.desk.office import Asked, Office, Pages, Verbs, clients
from console.incidents.events import Incident, Kind
from console.incidents.handing import next_shift, on_call, person_of, shift_end, to_hand_over
from console.operating_model.entities import Client
from console.pages.house import Done
from console.pages.shifts import HandOver, HandRow, News, NewsRow
from console.pages.triage import Lately
from console.store.ledger import SILENCE

_DAY = 86_400
_LONGEST = 31 * _DAY
"""Seconds: whoever was away for longer reads the weeks instead."""


def news(office: Office, asked: Asked) -> News:
    """What happened since the reader left, the newest first."""
    seen = clients(office, asked)
    left_at, since = _since(office, asked)
    rows = [row for client in seen for row in _news_of(office, client, (since, asked.now))]
    return News(asked.now, since, left_at, tuple(sorted(rows, key=lambda row: -row.at)))


def lately(office: Office, asked: Asked, seen: list[str]) -> Lately:
    """The same in numbers."""
    left_at, since = _since(office, asked)
    kinds = [row.kind for client in seen for row in _news_of(office, client, (since, asked.now))]
    return Lately(left_at, kinds.count("new"), kinds.count("cleared"), kinds.count("silent"))


def handover(office: Office, asked: Asked) -> HandOver:
    """What the reader owns and cannot keep over the end of their shift, then what others offer to them."""
    seen, me, model = clients(office, asked), asked.who.login, office.ledger.model
    open_now = [one for one in office.ledger.cases.open.values() if one.opening.client in seen]
    rows = [_hand_row(office, each.incident, each.why, asked.now) for each in
            to_hand_over(model, open_now, me, asked.now)]  # fmt: skip
    rows += [_hand_row(office, one, "", asked.now) for one in open_now if one.offered_to == me]
    client = next((model.clients[one] for one in seen if one in model.clients), None)
    ends_at, begins_at = _shift(office, client, me, asked.now)
    return HandOver(
        now=asked.now,
        name=asked.who.name or me,
        ends_at=ends_at,
        begins_at=begins_at,
        next_up=tuple(_next_up(office, client, me, ends_at or asked.now)) if client else (),
        rows=tuple(rows),
    )


async def show(office: Office, asked: Asked) -> Done:
    """Open the list."""
    mine = [row for row in handover(office, asked).rows if not row.is_offered_to_you]
    return Done(f"{len(mine)} cannot wait for your next shift" if mine else "nothing has to be handed over", "handover")


def called(office: Office, one: Incident, login: str) -> str:
    """The name of whoever has a login; the login where the model does not know it."""
    found = person_of(office.ledger.model, client_of(office, one), login)
    return found[1].name if found else login


def said_with_offer(one: Incident) -> str:
    """What was said when it was last offered to somebody; "" where it never was."""
    return next((each.text for each in reversed(one.events) if each.kind is Kind.OFFERED), "")


def _since(office: Office, asked: Asked) -> tuple[Instant | None, Instant]:
    left_at = office.sittings.left_at(asked.who.login)
    return left_at, asked.now - _DAY if left_at is None else max(left_at, asked.now - _LONGEST)


def _news_of(office: Office, client: str, span: tuple[Instant, Instant]) -> Iterator[NewsRow]:
    """What opened and ended in `[since, now]`; hosts that fell silent in it and are silent still."""
    since, now = span
    for one in office.history.incidents_touching(client, since, now + 1):
        opening = one.opening
        if one.parent or opening.check == SILENCE:
            continue
        ended = one.resolved_at is not None and not one.is_open and one.state != "void"
        if ended and since <= _told_at(one):
            kind, by = ("cleared", "") if one.cleared else ("ended", one.owner)
            yield NewsRow(kind, _told_at(one), client, opening.host, one.number, opening.title, by, status(one))
        elif opening.detected_at >= since and one.is_open:
            row = ("new", opening.detected_at, client, opening.host, one.number, opening.title)
            yield NewsRow(*row, one.owner, status(one))
    yield from _silent(office, client, span)


def _told_at(one: Incident) -> Instant:
    """When the console knew that it was over."""
    over = (each.at for each in reversed(one.events) if each.kind in (Kind.CLEARED, Kind.RESOLVED))
    return next(over, one.resolved_at or one.opening.detected_at)


def _silent(office: Office, client: str, span: tuple[Instant, Instant]) -> Iterator[NewsRow]:
    since, now = span
    for agent in living(office, client):
        state = office.ledger.states[agent.agent]
        at = findings.silent_since(office, state, now)
        if at is not None and at >= since:
            about = office.ledger.cases.about(client, agent.host, SILENCE)
            number, owner = (about.number, about.owner) if about else (0, "")
            what = about.opening.title if about else f"{agent.host} is silent: its records end"
            yield NewsRow("silent", at, client, agent.host, number, what, owner, Status.UNKNOWN)


def _hand_row(office: Office, one: Incident, why: str, now: Instant) -> HandRow:
    is_taken = not why
    return HandRow(
        incident=one.number,
        client=one.opening.client,
        service_name=service_name(client_of(office, one), one.opening.service),
        title=one.opening.title,
        severity=one.severity.value,
        status=status(one),
        why=f"{called(office, one, one.owner)} offers it to you" if is_taken else why,
        clock=clock(running(office, one, now)),
        to=called(office, one, one.offered_to) if one.offered_to else "",
        text=said_with_offer(one) if one.offered_to else "",
        is_offered_to_you=is_taken,
    )


def _shift(office: Office, client: Client | None, login: str, now: Instant) -> tuple[Instant | None, Instant | None]:
    """When the reader's shift ends, and when the next one begins; shifts are local to the first client."""
    found = person_of(office.ledger.model, client, login)
    if client is None or found is None or not any(found[1].shift):
        return None, None
    ends = shift_end(found[1].shift, client.zone, now)
    return ends if ends > now else None, next_shift(found[1].shift, client.zone, now)


def _next_up(office: Office, client: Client, me: str, at: Instant) -> Iterator[str]:
    """Our people who are at work right after an instant, and who is on call then."""
    doc = office.ledger.model.provider.doc
    people = {id_: one for id_, one in doc.people.items() if one.login} if doc else {}
    for one in people.values():
        ends = shift_end(one.shift, client.zone, at + 1)
        if one.login != me and ends > at + 1:
            yield f"{one.name} until {datetime.fromtimestamp(ends, client.zone):%H:%M}"
    called_first = people.get(on_call(office.ledger.model, client, at))
    if called_first:
        yield f"{called_first.name} (on call)"


PAGES: Pages = {"news": news, "handover": handover}
VERBS: Verbs = {"hand-over": show}
