"""The page about one incident: its timeline, its runbook as a checklist, whom it waited for."""

from __future__ import annotations

from checks.reading import Instant
from console.desk.live.incidents import check_of, children_of, concern_of, found, row_of
from console.desk.office import Asked, Office, Pages
from console.incidents.clock import unowned, waited_on_clock
from console.incidents.events import Event, Incident, Kind
from console.incidents.states import allowed
from console.operating_model.people.reach import TELLING
from console.pages.incidents import IncidentPage, RunbookStep, TimelineEntry, Waited


def incident(office: Office, asked: Asked) -> IncidentPage:
    """One incident with its timeline. Raises DeskRefusal where there is none."""
    one = found(office, asked)
    check = check_of(office, one)
    opening = one.opening
    timeline = [TimelineEntry(opening.detected_at, "", "detected", opening.title)]
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
        steps=tuple(
            RunbookStep(name, name in one.steps, said.get(name, "")) for name in steps_of(office, one, asked.now)
        ),
        waits=_waits(office, one, asked.now),
        offered_to=one.offered_to,
        unowned=unowned(one, asked.now),
        minutes=one.minutes,
        children=tuple(row_of(office, child, asked.now) for child in children_of(office, one)),
        concern=concern_of(office, one, asked.now),
    )


def _words(event: Event) -> str:
    """What a reader needs of an event besides its kind."""
    said = {
        Kind.PAUSED: f"for {event.reason}: {event.text}",
        Kind.SEVERITY: f"{event.severity.value if event.severity else ''}: {event.text}",
        Kind.OFFERED: f"to {event.to}: {event.text}",
        Kind.STEP: f"{event.subject}: {event.text}",
        Kind.LOGGED: f"{event.minutes} min: {event.text}",
        Kind.NOTE: f"{event.text} (told the client by {event.told})" if event.told else event.text,
        Kind.MARK: f"{event.text} of the time is used{', told late' if event.late else ''}",
    }
    return said.get(event.kind, event.text)


def _waits(office: Office, one: Incident, now: Instant) -> tuple[Waited, ...]:
    """How long it waited for whom, on the SLA's clock, and how long somebody could work on it."""
    client = office.ledger.model.clients.get(one.opening.client)
    waits = waited_on_clock(client, one, now)
    return tuple(Waited(reason, seconds) for reason, seconds in waits.items() if seconds)


def steps_of(office: Office, one: Incident, now: Instant) -> tuple[str, ...]:
    """The steps of the runbook that this incident is handled by; none where nothing says how."""
    page = concern_of(office, one, now)
    return page.steps if page else ()


def telling_of(office: Office, one: Incident, now: Instant) -> tuple[str, ...]:
    """Those of its steps in which people are told (34)."""
    return tuple(step for step in steps_of(office, one, now) if set(step.split("-")) & TELLING)


PAGES: Pages = {"incident": incident}
