"""Closing a week: what it waits for, and the answers (operating-model.md, 5.1)."""

from __future__ import annotations

from datetime import timedelta

from console.desk.aside import aside, in_a_thread
from console.desk.live import actions
from console.desk.office import Asked, Office, Pages, Verbs, client_of
from console.desk.planning.recording import alone, client_and_doc, person
from console.desk.records.papers import keep
from console.desk.refusal import DeskRefusal, Kind
from console.desk.week.frozen import last_over, weeks_of
from console.desk.week.then import promise
from console.desk.week.week import drawn_up, preview, week_facts
from console.operating_model.entities import Client
from console.operating_model.schema.facts import OutageRecord
from console.operating_model.schema.records import WaiverRecord
from console.pages.house import Done
from console.pages.week import Week
from console.pages.weeks import Closing, Doubt
from console.reports.closing import doubts, outage_name, red_rows
from console.reports.weekly.facts import WeekFacts
from console.service_levels.weeks import IsoWeek, week_of

SOON = timedelta(days=14)


def closing(office: Office, asked: Asked) -> Closing:
    """The checklist of a week. Raises DeskRefusal."""
    client = client_of(office, asked)
    wanted = last_over(asked, client)
    frozen = weeks_of(office).frozen(client.id, wanted.name)
    if frozen is not None:
        told = f"{wanted.name} of {client.id} was frozen by {frozen.frozen_by}"
        return Closing(asked.now, client.id, wanted.name, (), told, is_frozen=True)
    facts = week_facts(office, client, wanted, asked.now)
    rows = reasons(office, preview(office, facts), facts)
    if rows:
        count = f"{len(rows)} answers are missing" if len(rows) > 1 else "1 answer is missing"
        text = f"{wanted.name} of {client.id} cannot be frozen yet: {count}"
    elif asked.now < facts.end:
        text = f"{wanted.name} of {client.id} is not over yet; nothing is missing so far"
    else:
        which = f"--client {client.id} --week {wanted.name}"
        text = f"{wanted.name} of {client.id} can be frozen: watchbill week freeze {which}"
    return Closing(asked.now, client.id, wanted.name, rows, text, notes=_notes(facts))


def reasons(office: Office, week: Week, facts: WeekFacts) -> tuple[Doubt, ...]:
    """Everything that is to be answered before the week is frozen."""
    today = office.ledger.model.clients.get(facts.client.id, facts.client)
    targets = {name: promise(today, name) for name in today.services}
    return doubts(week, facts, targets)


def _notes(facts: WeekFacts) -> tuple[str, ...]:
    """Waivers that end soon."""
    day = facts.week.first + timedelta(days=7)
    return tuple(
        f"waiver {one.id} ends {one.expires}, in {(one.expires - day).days + 1} days"
        for one in facts.papers.get("waiver", ())
        if isinstance(one, WaiverRecord) and one.approved_by and not one.ended and day <= one.expires <= day + SOON
    )


async def comment(office: Office, asked: Asked) -> Done:
    """Say something about a row of a week that is not frozen yet."""
    client, _ = client_and_doc(office, asked)
    wanted = _still_open(office, asked, client)
    week, about = await in_a_thread(drawn_up, office, client, wanted, asked.now), asked.text("about")
    known = [row.key for row in red_rows(week)]
    if about not in known and about not in {row for one in week.figures for row in (one.kpi, f"{one.kpi}/{one.about}")}:
        raise DeskRefusal(f"{about!r} is no row of {wanted.name}", f"its red rows are: {', '.join(known) or 'none'}")
    await _say(office, asked, client, (wanted, about))
    return Done(f"said about {about} in {wanted.name}")


async def explain_silence(office: Office, asked: Asked) -> Done:
    """Say why a machine was not heard."""
    client, _ = client_and_doc(office, asked)
    wanted = _still_open(office, asked, client)
    host = asked.text("host")
    if host not in client.hosts:
        raise DeskRefusal(f"{client.id} has no host {host!r}", f"known are: {', '.join(client.hosts)}", Kind.NOT_FOUND)
    await _say(office, asked, client, (wanted, f"host/{host}"))
    return Done(f"the silence of {host} in {wanted.name} is explained; its time stays unknown")


async def confirm(office: Office, asked: Asked) -> Done:
    """What was inferred was an outage."""
    client, _ = client_and_doc(office, asked)
    if number := _incident(asked):
        return await actions.outage(office, Asked(asked.who, {**asked.arguments, "incident": number}, asked.now))
    one = _outage(office, asked, client)
    await _settle(office, asked, one, confirmed_by=person(office, asked, client))
    return Done(f"{asked.text('outage')} counts as an outage")


async def reject(office: Office, asked: Asked) -> Done:
    """What was inferred was none."""
    client, _ = client_and_doc(office, asked)
    if number := _incident(asked):
        incident = office.history.incident(int(number))
        if incident is None or incident.opening.client != client.id:
            raise DeskRefusal(f"{client.id} has no incident {number}", "see `watchbill incidents`", Kind.NOT_FOUND)
        wanted = week_of(client, incident.opening.detected_at)
        await _say(office, asked, client, (wanted, f"incident/{number}"))
    else:
        one = _outage(office, asked, client)
        await _settle(office, asked, one, rejected_by=person(office, asked, client))
    return Done(f"{asked.text('outage')} was no outage; what nobody saw stays unknown")


async def _settle(office: Office, asked: Asked, one: OutageRecord, **who: str) -> None:
    fields = one.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    await keep(office, asked, {**fields, **who, "said": asked.text("text")}, one)


async def _say(office: Office, asked: Asked, client: Client, what: tuple[IsoWeek, str]) -> None:
    week, about = what
    fields = {
        "kind": "comment",
        "client": client.id,
        "week": week.name,
        "about": about,
        "text": asked.text("text"),
        "by": person(office, asked, client),
        "at": asked.local(client).isoformat(),
    }
    await keep(office, asked, fields)


def _still_open(office: Office, asked: Asked, client: Client) -> IsoWeek:
    wanted = last_over(asked, client)
    frozen = weeks_of(office).frozen(client.id, wanted.name)
    if frozen is not None:
        told = f"{wanted.name} was frozen by {frozen.frozen_by}, and says for ever what it says"
        raise DeskRefusal(told, "say it in the next week", Kind.CONFLICT)
    return wanted


def _incident(asked: Asked) -> str:
    """The number of the incident that is meant; "" where it is a record."""
    kind, _, number = asked.text("outage").lstrip("#").rpartition("/")
    return number if number.isdecimal() and kind in ("", "incident") else ""


def _outage(office: Office, asked: Asked, client: Client) -> OutageRecord:
    """The outage that is meant and waits for an answer. Raises DeskRefusal."""
    found = [one for one in office.history.records(client.id, "outage") if isinstance(one, OutageRecord)]
    waiting = {outage_name(one, client.zone): one for one in found if one.is_doubted}
    if asked.text("outage") not in waiting:
        listed = ", ".join(waiting) or "none"
        raise DeskRefusal(
            f"no inferred outage is called {asked.text('outage')!r}", f"these wait: {listed}", Kind.NOT_FOUND
        )
    return waiting[asked.text("outage")]


PAGES: Pages = {"week-close": aside(closing)}
VERBS: Verbs = {
    "comment": alone(comment),
    "explain-silence": alone(explain_silence),
    "confirm-outage": alone(confirm),
    "reject-outage": alone(reject),
}
