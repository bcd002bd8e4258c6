"""Freezing a week: its value and its pages are written once, together, and stay for ever."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import datetime

import msgspec
from msgspec import structs

from checks.reading import Instant
from console.desk.aside import in_a_thread
from console.desk.office import Asked, Office, Verbs, kept, require
from console.desk.planning.recording import alone, client_and_doc, names, person
from console.desk.refusal import DeskRefusal, Kind
from console.desk.rights import log
from console.desk.week.closing import reasons
from console.desk.week.frozen import last_over, weeks_of
from console.desk.week.printing import all_pages
from console.desk.week.restating import inputs_digest
from console.desk.week.week import preview, week_facts
from console.operating_model.entities import Client
from console.operating_model.mapping import role_of
from console.pages.house import Done
from console.pages.verb import Role
from console.pages.week import Week
from console.pages.week_sections import Freeze
from console.pages.weeks import Doubt
from console.reports.text import text
from console.reports.weekly.facts import WeekFacts
from console.service_levels.weeks import IsoWeek, week_named
from console.store import weeks as store
from console.store.weeks import FrozenWeek


async def freeze(office: Office, asked: Asked) -> Done:
    """Freeze a week that is over and waits for nothing. Raises DeskRefusal, and did nothing."""
    client, _ = client_and_doc(office, asked)
    require(office, asked, Role.LEAD, client.id)
    who = _of_ours(office, client, person(office, asked, client))
    wanted = last_over(asked, client)
    _refuse_early(office, asked, client, wanted)
    skipped = _skipped(office, client, wanted)
    if skipped and not asked.text("skipping").strip():
        raise DeskRefusal(skipped, "freeze them in order, or say why not: --skipping", Kind.CONFLICT)
    facts, value, missing = await in_a_thread(_as_it_is, office, client, wanted, asked.now)
    if missing:
        told = "\n".join(f"{one.text}\n    {one.answer}" for one in missing)
        raise DeskRefusal(told, f"answer these {len(missing)}, then freeze", Kind.CONFLICT)
    value = await in_a_thread(_sealed, office, facts, value, who)
    pages = await asyncio.to_thread(all_pages, value, facts.earlier)
    body = msgspec.json.encode(value)
    frozen = FrozenWeek(
        client=client.id,
        week=wanted.name,
        frozen_at=asked.now,
        frozen_by=who,
        sha256=hashlib.sha256(body).hexdigest(),
        inputs_sha256=inputs_digest(office, facts),
        revision=value.revision,
        formula=value.formula,
        body=body,
    )
    try:
        await kept(office.ledger.writer.do(lambda connection: store.freeze(connection, frozen, pages)))
    except store.AlreadyFrozen as there:
        raise _frozen_already(client, wanted, there.by, there.at) from there
    if skipped:
        why = replace(asked, arguments={**asked.arguments, "reason": asked.text("skipping")})
        await log(office, why, client, ("skip-weeks", wanted.name), (who, True))
    office.pulse.beat()
    return Done(f"{wanted.name} of {client.id} is frozen for ever: {len(pages)} pages, sha256 {frozen.sha256[:16]}")


def _as_it_is(
    office: Office, client: Client, wanted: IsoWeek, now: Instant
) -> tuple[WeekFacts, Week, tuple[Doubt, ...]]:
    """What the week is made of, the week, and what it waits for."""
    facts = week_facts(office, client, wanted, now)
    value = preview(office, facts)
    return facts, value, reasons(office, value, facts)


def _sealed(office: Office, facts: WeekFacts, value: Week, who: str) -> Week:
    """The value with what it was made from, and the text that says so."""
    known = office.ledger.model.person(facts.client.id, who)
    name = known.name if known else who
    digest = inputs_digest(office, facts)
    sealed = structs.replace(value, frozen=Freeze(facts.now, who, name, digest, value.revision, value.formula))
    return structs.replace(sealed, text=text(sealed))


def _of_ours(office: Office, client: Client, who: str) -> str:
    """Whoever freezes is one of ours, and a lead for this client where they have a login. Raises DeskRefusal."""
    model = office.ledger.model
    ours = model.provider.people.get(who)
    role = role_of(model, ours.login, client.id) if ours and ours.login else "lead"
    if ours is None or role not in ("lead", "owner"):
        why = "is one of the client's own" if ours is None else f"has the role {role or 'of nobody'} for {client.id}"
        told = f"a week is frozen by a lead of ours; {names(office, client, (who,))} {why}"
        raise DeskRefusal(told, "let a lead do it, or say which one did: by (--by PERSON)", Kind.FORBIDDEN)
    return who


def _refuse_early(office: Office, asked: Asked, client: Client, wanted: IsoWeek) -> None:
    """Neither twice nor before it is over."""
    there = weeks_of(office).frozen(client.id, wanted.name)
    if there is not None:
        raise _frozen_already(client, wanted, there.frozen_by, there.frozen_at)
    end = wanted.bounds(client.zone)[1]
    if asked.now < end:
        over = datetime.fromtimestamp(end, client.zone).strftime("%a %d %b %Y %H:%M")
        raise DeskRefusal(
            f"{wanted.name} of {client.id} is not over before {over}",
            f"look at it so far: watchbill week --client {client.id} --week {wanted.name}",
            Kind.CONFLICT,
        )


def _skipped(office: Office, client: Client, wanted: IsoWeek) -> str:
    """What is out of order about freezing a week now; "" where it follows the last frozen one, or is the first."""
    last = next(iter(weeks_of(office).latest(client.id, 1)), None)
    if last is None:
        return ""
    if wanted.name < last.week:
        return f"{last.week} of {client.id} is frozen, and was compared with the weeks before it"
    missing = week_named(client, last.week).back(-1)
    if wanted == missing:
        return ""
    return f"{missing.name} of {client.id} is over and not frozen; {last.week} is the last that is"


def _frozen_already(client: Client, wanted: IsoWeek, by: str, at: int) -> DeskRefusal:
    when = datetime.fromtimestamp(at, client.zone).strftime("%a %d %b %Y %H:%M")
    return DeskRefusal(
        f"{wanted.name} of {client.id} was frozen by {by} on {when}, and stays as it is",
        "what came later is restated in the next week",
        Kind.CONFLICT,
    )


VERBS: Verbs = {"week-freeze": alone(freeze)}
