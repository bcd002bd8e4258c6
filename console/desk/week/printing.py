"""A week in a form for a reader: of a frozen week the bytes of its freeze, of another one as it is now."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import replace

from checks.reading import Instant
from console.desk.aside import in_a_thread
from console.desk.office import Asked, Office, Pages, client_of, clients
from console.desk.refusal import DeskRefusal, Kind
from console.desk.week.frozen import earlier_weeks, frozen_week, last_over, present, weeks_of
from console.desk.week.week import drawn_up, preview, week_facts
from console.operating_model.entities import Client
from console.pages.week import Week
from console.pages.weeks import READERS, Printed
from console.reports.forms import FORMS
from console.service_levels.weeks import IsoWeek, week_named
from console.store.weeks import WeekPage


async def printed(office: Office, asked: Asked) -> Printed:
    """One form of a week, typeset beside the loop. Raises DeskRefusal."""
    client = client_of(office, asked)
    wanted = present(asked, client)
    reader, form = asked.text("reader") or READERS[0], asked.text("format")
    if reader not in READERS or form not in FORMS:
        raise DeskRefusal(
            f"a week is not printed as {form!r} for {reader!r}",
            f"forms are: {', '.join(FORMS)}; readers: {', '.join(READERS)}",
        )
    body = weeks_of(office).page(client.id, wanted.name, reader, form)
    is_frozen = body is not None
    if body is None:
        body = await in_a_thread(_preview_page, office, (client, wanted, asked.now), reader, form)
    digest = hashlib.sha256(body).hexdigest()
    return Printed(client.id, wanted.name, reader, form, is_frozen, digest, body)


async def owners(office: Office, asked: Asked) -> Printed:
    """One week of every client that may be seen, the frozen ones as they were frozen (5.3, A). Raises DeskRefusal."""
    form, model = asked.text("format"), office.ledger.model
    if form not in FORMS:
        raise DeskRefusal(f"a week is not printed as {form!r}", f"forms are: {', '.join(FORMS)}")
    seen = [model.clients[one] for one in clients(office, asked) if one in model.clients]
    if not seen:
        raise DeskRefusal("there is no client that you may see", "publish a model first", Kind.NOT_FOUND)
    name = last_over(asked, seen[0]).name
    if len(seen) == 1:
        return await printed(office, replace(asked, arguments={**asked.arguments, **_ours(seen[0], name)}))
    body, is_frozen = await _of_all(office, [(one, week_named(one, name)) for one in seen], asked.now, form)
    return Printed("", name, READERS[1], form, is_frozen, hashlib.sha256(body).hexdigest(), body)


async def _of_all(
    office: Office, asked: Sequence[tuple[Client, IsoWeek]], now: Instant, form: str
) -> tuple[bytes, bool]:
    """The owner's page over all these weeks, and whether each is frozen."""
    weeks: list[Week] = []
    earlier: dict[str, Sequence[Week]] = {}
    for client, wanted in asked:  # each has its own first day and zone
        one, before = await in_a_thread(_with_earlier, office, client, wanted, now)
        weeks.append(one)
        earlier[client.id] = before
    is_frozen = all(one.frozen is not None for one in weeks)
    return await asyncio.to_thread(_let_go, form, weeks, earlier), is_frozen


def _let_go(form: str, weeks: list[Week], earlier: dict[str, Sequence[Week]]) -> bytes:
    """The page; then its weeks are let go one by one, so that nobody waits until the last of hundreds is."""
    body = FORMS[form].owner(weeks, earlier)
    while weeks:
        earlier.pop(weeks.pop().client)
    return body


def _with_earlier(office: Office, client: Client, wanted: IsoWeek, now: Instant) -> tuple[Week, Sequence[Week]]:
    """A week as it was frozen, or as it is now; and the frozen ones before it."""
    one = frozen_week(office, client, wanted) or drawn_up(office, client, wanted, now)
    return one, earlier_weeks(office, client, wanted)


def _preview_page(office: Office, asked: tuple[Client, IsoWeek, Instant], reader: str, form: str) -> bytes:
    facts = week_facts(office, *asked)
    return _page(preview(office, facts), facts.earlier, reader, form)


def _ours(client: Client, week: str) -> dict[str, str]:
    """The owner's page of one client, by the arguments of `printed`."""
    return {"client": client.id, "week": week, "reader": READERS[1]}


def all_pages(week: Week, earlier: Sequence[Week]) -> list[WeekPage]:
    """Every form for every reader; `earlier` are the frozen weeks before it, the latest last."""
    return [WeekPage(reader, form, _page(week, earlier, reader, form)) for reader in READERS for form in FORMS]


def _page(week: Week, earlier: Sequence[Week], reader: str, form: str) -> bytes:
    if reader == READERS[0]:
        return FORMS[form].client(week, earlier)
    return FORMS[form].owner([week], {week.client: earlier})


PAGES: Pages = {"week-print": printed, "week-owner": owners}
