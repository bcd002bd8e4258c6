"""Weeks in a list, and numbers over frozen weeks: nothing is computed from records here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from checks.reading import Instant
from console.desk.aside import aside
from console.desk.office import Asked, Office, Pages, client_of, clients
from console.desk.refusal import DeskRefusal, Kind
from console.desk.week.frozen import before, value_of, weeks_of
from console.desk.week.week import preview, week_facts
from console.operating_model.entities import Client
from console.pages.weeks import Trends, WeekRow, WeeksPage
from console.reports.trends import trend_rows
from console.service_levels.formulas import FORMULAS
from console.service_levels.weeks import IsoWeek, week_of
from console.store.weeks import FrozenWeek

YEAR = 52
MOST = 520
MOST_WAITING = 8
"""Weeks that wait to be closed, of which a list tells."""
_MOST_DRAWN_UP = 2
"""Of the weeks that are not frozen, the latest: each is a week's whole work, while others wait for their answers."""


def trends(office: Office, asked: Asked) -> Trends:
    """Numbers over a client's frozen weeks. Raises DeskRefusal."""
    client = client_of(office, asked)
    kpi = asked.text("kpi").upper()
    if kpi and kpi not in FORMULAS:
        raise DeskRefusal(f"there is no KPI {kpi!r}", f"known are: {', '.join(FORMULAS)}", Kind.NOT_FOUND)
    most = asked.number("weeks") if asked.text("weeks") else YEAR
    if not 1 <= most <= MOST:
        raise DeskRefusal(f"weeks must be 1 to {MOST}", "such as --weeks 52")
    weeks = [value_of(one) for one in weeks_of(office).latest(client.id, most)]
    rows = trend_rows(weeks, kpi, asked.text("about")) if weeks else ()
    return Trends(asked.now, tuple(one.week for one in weeks), rows)


def listed(office: Office, asked: Asked) -> WeeksPage:
    """The weeks of every client that may be seen: the present one, what waits, what is frozen."""
    known = office.ledger.model.clients
    seen = [known[one] for one in clients(office, asked) if one in known]
    rows = [row for one in seen for row in _rows(office, one, asked, is_alone=len(seen) == 1)]
    return WeeksPage(asked.now, tuple(rows))


def _rows(office: Office, client: Client, asked: Asked, *, is_alone: bool) -> Iterator[WeekRow]:
    """The present week, those that are over and wait, and the frozen ones."""
    present = week_of(client, asked.now)
    frozen = {one.week: one for one in weeks_of(office).latest(client.id, YEAR)}
    for place, one in enumerate((present, *_waiting(present, frozen, client, asked.now))):
        line = _word(one, client, asked.now)
        if is_alone and place < _MOST_DRAWN_UP:
            line = preview(office, week_facts(office, client, one, asked.now)).headline or line
        yield WeekRow(client.id, one.name, "so far" if one == present else "to be closed", line)
    yield from (_frozen(one) for one in reversed(frozen.values()))


def _waiting(present: IsoWeek, frozen: Mapping[str, FrozenWeek], client: Client, now: Instant) -> Iterator[IsoWeek]:
    """The weeks that are over, back to the latest frozen one; the last one alone where none is frozen."""
    one = before(present, client, now)
    for _ in range(MOST_WAITING if frozen else 1):
        if one.name in frozen:
            return
        yield one
        one = one.back(1)


def _word(one: IsoWeek, client: Client, now: Instant) -> str:
    """When it ends, or since when it is over."""
    end = one.bounds(client.zone)[1]
    day = datetime.fromtimestamp(end, client.zone).strftime("%a %d %b")
    return f"goes on until {day}" if now < end else f"over since {day}; Enter says what it waits for"


def _frozen(one: FrozenWeek) -> WeekRow:
    return WeekRow(
        client=one.client,
        week=one.week,
        state="frozen",
        headline=value_of(one).headline,
        frozen_at=one.frozen_at,
        frozen_by=one.frozen_by,
        revision=one.revision,
        formula=one.formula,
        sha256=one.sha256,
        inputs_sha256=one.inputs_sha256,
    )


PAGES: Pages = {"trends": aside(trends), "weeks": aside(listed)}
