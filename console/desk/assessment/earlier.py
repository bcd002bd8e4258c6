"""A client as it stood earlier: the documents of then, and the records that had been written by then (row 54)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from checks.reading import Instant
from console.desk.assessment.gaps import facts_of
from console.desk.assessment.practice import Before, practice_of
from console.desk.live.hosts import living
from console.desk.office import Asked, Office
from console.desk.refusal import DeskRefusal, Kind
from console.operating_model.assess import assess
from console.operating_model.assess.assessment import Assessment
from console.operating_model.assess.practice import QUARTER, Practice
from console.operating_model.entities import Client
from console.operating_model.gaps import gaps
from console.operating_model.gaps.gap import Facts
from console.operating_model.problems import ModelErrors
from console.operating_model.records import read
from console.operating_model.schema.client import ClientDoc
from console.service_levels.underpinning import shortfalls
from console.store.documents import Revision
from console.store.papers import papers

_WRITTEN = ("decision", "waiver", "maintenance", "action", "sign-off", "restore-test", "log", "outage")
"""Kinds of records that an assessment reads."""


@dataclass(frozen=True, slots=True)
class Then:
    """An instant, and the revision that was in force at it."""

    revision: Revision
    at: Instant

    def words(self, client: Client) -> str:
        """`revision 1, as of 2026-11-06`."""
        return f"revision {self.revision.number}, as of {_day(self.at, client)}"


def seen(office: Office, asked: Asked, client: Client, doc: ClientDoc) -> tuple[Facts, Practice]:
    """What an assessment of a client is made from, as it stands."""
    facts = facts_of(office, client, doc, asked)
    return facts, practice_of(office, asked, facts, _before(office, asked, facts))


def assessed_then(office: Office, asked: Asked, client: Client, then: Then) -> Assessment:
    """A client as it stood, assessed. Raises DeskRefusal where that revision cannot be read any more."""
    earlier = Asked(asked.who, {"client": client.id}, then.at)
    return assessed_as(office, earlier, _facts(office, client, then))


def assessed_as(office: Office, asked: Asked, facts: Facts) -> Assessment:
    """What these facts come to, with what was seen of the work by `asked.now`."""
    return assess(facts, practice_of(office, asked, facts, _before(office, asked, facts)))


def compared_with(office: Office, asked: Asked, client: Client) -> Then | None:
    """What `against` names: a revision, a date; without it the revision before. None where there is none."""
    wanted = asked.text("against").removeprefix("r")
    history = office.published.revisions(client.id)
    if not wanted:
        return _in_force_until(history, history[-2].number) if len(history) > 1 else None
    if wanted.isdigit():
        return _in_force_until(history, int(wanted)) or _refuse(wanted, history)
    try:
        day = date.fromisoformat(wanted)
    except ValueError as error:
        raise DeskRefusal(f"{wanted!r} is neither a revision nor a date", "give 3, r3 or 2026-11-06") from error
    midnight = datetime.combine(day + timedelta(days=1), time(), client.zone)
    at = min(int(midnight.timestamp()) - 1, asked.now)
    past = [one for one in history if one.at <= at]
    return Then(past[-1], at) if past else _refuse(wanted, history)


def _in_force_until(history: tuple[Revision, ...], number: int) -> Then | None:
    """A revision at the end of its time: when the next one was published."""
    places = {one.number: place for place, one in enumerate(history)}
    if number not in places:
        return None
    place = places[number]
    following = history[place + 1] if place + 1 < len(history) else history[place]
    return Then(history[place], following.at)


def _refuse(wanted: str, history: tuple[Revision, ...]) -> Then:
    known = ", ".join(str(one.number) for one in history) or "none"
    raise DeskRefusal(f"nothing was published as of {wanted}", f"revisions are: {known}", Kind.NOT_FOUND)


def _facts(office: Office, client: Client, then: Then) -> Facts:
    try:
        model = office.published.earlier(then.revision, then.at)
    except ModelErrors as errors:
        text = f"revision {then.revision.number} of {client.id} cannot be read any more: {errors}"
        raise DeskRefusal(text, "compare with a later one", Kind.NOT_FOUND) from errors
    old = model.clients[client.id]
    doc = old.doc
    if doc is None:
        raise DeskRefusal(f"{client.id} had no document then", "compare with a later one", Kind.NOT_FOUND)
    found = papers(office.ledger.database.reading, client.id, _WRITTEN, until=then.at)
    written = read(one.body for one in found)
    today = date.fromisoformat(_day(then.at, old))
    return Facts(
        client=old,
        doc=doc,
        provider=model.provider.doc,
        today=today,
        revision=then.revision.number,
        checks=frozenset(office.ledger.checks),
        records=written,
        shortfalls=shortfalls(old, doc, today, written),
        heard=frozenset(agent.host for agent in living(office, client.id) if agent.joined_at <= then.at),
        sha256=then.revision.sha256,
    )


def _before(office: Office, asked: Asked, facts: Facts) -> Before:
    """How the client stood 90 days earlier, and which runbooks changed since."""
    history = [one for one in office.published.revisions(facts.client.id) if one.at <= asked.now]
    past = [one for one in history if one.at <= asked.now - QUARTER]
    if not history:
        return Before()
    then = Then(past[-1] if past else history[0], asked.now - QUARTER if past else history[0].at)
    try:
        old = _facts(office, facts.client, then)
    except DeskRefusal:
        return Before()  # it cannot be read any more, so nothing can be said about it
    changed = {id_ for id_, one in facts.doc.runbooks.items() if one != old.doc.runbooks.get(id_, one)}
    closed = frozenset(gap.key for gap in gaps(old)) if past else None
    return Before(closed, old.doc.client.users if past else None, frozenset(changed))


def _day(at: Instant, client: Client) -> str:
    return datetime.fromtimestamp(at, client.zone).date().isoformat()
