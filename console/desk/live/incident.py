"""The page about one incident: its timeline, its runbook as a checklist, whom it waited for."""

from __future__ import annotations

from datetime import UTC, datetime

from checks.reading import Instant
from console.desk.live.backups import jobs_of, room
from console.desk.live.chain import chain
from console.desk.live.incidents import check_of, children_of, client_of, concern_of, found, row_of
from console.desk.office import Asked, Office, Pages
from console.incidents.clock import unowned, waited_on_clock
from console.incidents.events import Event, Incident, Kind
from console.incidents.marks import RESOLVE
from console.incidents.states import allowed
from console.operating_model.entities import Client
from console.operating_model.people.reach import TELLING
from console.pages.concerning import Concern, Supply
from console.pages.incidents import IncidentPage, RunbookStep, TimelineEntry, Waited

_BROKEN = 100
_LATE_STEPS = ("tell-delivery-manager", "tell-accountable", "tell-client")
"""Who is told once the promise to solve is broken (4.4), beside what the runbook says."""

_LOOKED_BACK = 90 * 86_400
"""How far back an incident is looked for that one may be a recurrence of. Seconds."""


def incident(office: Office, asked: Asked) -> IncidentPage:
    """One incident with its timeline. Raises DeskRefusal where there is none."""
    one = found(office, asked)
    check = check_of(office, one)
    opening = one.opening
    concern = concern_of(office, one, asked.now)
    jobs = jobs_of(office, one, asked.now)
    supplies = _supplies(one, concern) if one.is_open else []
    before = _before(office, one)
    timeline = [TimelineEntry(opening.detected_at, "", "detected", opening.title)]
    timeline += [TimelineEntry(opening.detected_at, "", "recurs", _again(office, before))] if before else []
    timeline += [TimelineEntry(event.at, event.by, event.kind.value, _words(event)) for event in one.events]
    timeline.sort(key=lambda entry: entry.at)
    said = {event.subject: event.text for event in one.events if event.kind is Kind.STEP}
    return IncidentPage(
        now=asked.now,
        row=row_of(office, one, asked.now),
        advice=check.advice if check else "",
        sentence=opening.title,
        timeline=tuple(timeline),
        allowed=allowed(one),
        steps=tuple(RunbookStep(name, name in one.steps, said.get(name, "")) for name in _steps(one, concern)),
        waits=_waits(office, one, asked.now),
        offered_to=one.offered_to,
        unowned=unowned(one, asked.now),
        minutes=one.minutes,
        chain=chain(office, one, asked.now),
        backups=jobs,
        room=room(office, opening.client, jobs, asked.now),
        forecasts=tuple(_forecast(supply, concern, client_of(office, one)) for supply in supplies),
        breaks=any(supply.will_breach for supply in supplies),
        children=tuple(row_of(office, child, asked.now) for child in children_of(office, one)),
        concern=concern,
        recurrence_of=before[-1].number if before else 0,
    )


def _before(office: Office, one: Incident) -> list[Incident]:
    """Incidents about the same fault that were over when this one began (4.2, recurrence of), the oldest first."""
    if not one.opening.check:
        return []
    begins = one.opening.detected_at
    found = office.history.earlier(one.opening, begins - _LOOKED_BACK)
    return [each for each in found if each.state != "void" and (each.resolved_at or begins) < begins]


def _again(office: Office, before: list[Incident]) -> str:
    """`recurrence of #12, which ended Tue 10 Nov 09:52; 3 times in 90 days`."""
    last, client = before[-1], client_of(office, before[-1])
    ended = datetime.fromtimestamp(last.resolved_at or 0, client.zone if client else UTC)
    often = f"; {len(before)} times before it in {_LOOKED_BACK // 86_400} days" if len(before) > 1 else ""
    return f"recurrence of #{last.number}, which ended {ended:%a %d %b %H:%M}{often}"


def _words(event: Event) -> str:
    """What a reader needs of an event besides its kind."""
    said = {
        Kind.PAUSED: f"for {event.reason}: {event.text}",
        Kind.SEVERITY: f"{event.severity.value if event.severity else ''}: {event.text}",
        Kind.OFFERED: f"to {event.to}: {event.text}",
        Kind.STEP: f"{event.subject}: {event.text}",
        Kind.RESOLVED: f"{event.text}" + (f" (on their word, not on evidence: {event.reason})" if event.reason else ""),
        Kind.LOGGED: f"{event.minutes} min: {event.text}",
        Kind.NOTE: f"{event.text} (told the client by {event.told})" if event.told else event.text,
        Kind.MARK: f"{event.text} of the time is used{', told late' if event.late else ''}",
    }
    words = said.get(event.kind, event.text)
    return f"{words} (ticket {event.ref})" if event.ref else words


def _supplies(one: Incident, concern: Concern | None) -> list[Supply]:
    """The contracts between the fault and the service that it is charged to."""
    rows = [row for row in concern.rows if row.service == one.opening.service] if concern else []
    return [each for row in rows for each in row.supplies if each.is_struck and (each.respond_at or each.due_at)]


def _forecast(supply: Supply, concern: Concern | None, client: Client | None) -> str:
    """`Ridgeline (c-line): answer due Mon 16:30, solved Tue 12:00; our promise Fri 18:00: will breach` (J5)."""
    rows = concern.rows if concern else ()
    ours = next((row.solve_due_at for row in rows if supply in row.supplies), None)
    zone = client.zone if client else UTC

    def local(at: Instant) -> str:
        return f"{datetime.fromtimestamp(at, zone):%a %d %b %H:%M}"

    owes = [
        f"{word} due {local(at)}" for word, at in (("answer", supply.respond_at), ("solution", supply.due_at)) if at
    ]
    called = f"called {local(supply.called_at)}" if supply.called_at is not None else "if called now"
    promise = f"; our promise {local(ours)}: {'will breach' if supply.will_breach else 'in time'}" if ours else ""
    return f"{supply.name} ({supply.contract}, {called}): {', '.join(owes)}{promise}"


def _waits(office: Office, one: Incident, now: Instant) -> tuple[Waited, ...]:
    """How long it waited for whom, on the SLA's clock, and how long somebody could work on it."""
    client = office.ledger.model.clients.get(one.opening.client)
    waits = waited_on_clock(client, one, now)
    return tuple(Waited(reason, seconds) for reason, seconds in waits.items() if seconds)


def steps_of(office: Office, one: Incident, now: Instant) -> tuple[str, ...]:
    """The steps of its runbook, and once its promise is broken those in which people are told of that."""
    return _steps(one, concern_of(office, one, now))


def _steps(one: Incident, concern: Concern | None) -> tuple[str, ...]:
    broken = any(
        (event.kind, event.subject) == (Kind.MARK, RESOLVE) and event.percent >= _BROKEN for event in one.events
    )
    steps = (*(concern.steps if concern else ()), *(_LATE_STEPS if broken else ()))
    return tuple(dict.fromkeys(steps))


def telling_of(office: Office, one: Incident, now: Instant) -> tuple[str, ...]:
    """Those of its steps in which people are told (34)."""
    return tuple(step for step in steps_of(office, one, now) if set(step.split("-")) & TELLING)


PAGES: Pages = {"incident": incident}
