"""Whom a finding concerns, and why an incident stands where it stands, as views."""

from __future__ import annotations

from collections.abc import Iterator

from checks.reading import Instant
from checks.text import clean
from checks.wording import counted, duration
from console.pages.concerning import Concern, ConcernRow, Whom
from console.pages.why import Criterion, Why
from console.tui.present.words import moment
from console.tui.view import Cell, Column, Presenters, Row, Target, View

_TONES = {"down": "breach", "degraded": "breach", "at risk": "watch"}


def concern(page: Concern, now: Instant) -> View:
    """Every service that is hit, the hardest first; people, supplier and outcome of each in the detail."""
    columns = (
        Column("hit", 8),
        Column("service", 13),
        Column("why", 24, flex=True),
        Column("sev", 3),
        Column("owner", 12),
        Column("answers", 13, priority=1),
        Column("solve by", 16, priority=2),
        Column("outcome", 40, priority=3),
    )
    hit = counted(len(page.rows), "service is hit", "services are hit")
    return View(
        title=f"{page.client} › {clean(page.host)} › whom it concerns",
        answer=f"{page.severity} · {hit}",
        tone=_TONES.get(page.rows[0].impact, "") if page.rows else "ok",
        columns=columns,
        above=tuple(_above(page)),
        rows=tuple(_row(row, page, now) for row in page.rows),
        empty=("It carries no service of the model, so it concerns nobody yet.",
               "Name it under `needs` of a service, then publish the model."),
    )  # fmt: skip


def _above(page: Concern) -> Iterator[Cell]:
    yield Cell(clean(page.sentence))
    yield Cell(clean(page.card.sentence), "accent")
    outcomes = list(dict.fromkeys(row.outcome_text for row in page.rows if row.outcome_text))
    yield from (Cell(clean(f"for the business: {text}", 400)) for text in outcomes)
    if page.runbook:
        yield Cell(clean(checklist(page), 400), "quiet")


def checklist(page: Concern) -> str:
    """The runbook's steps, in order, on one line."""
    return f"{page.process}, {page.runbook}:  " + "  ".join(f"□ {step}" for step in page.steps)


def _row(row: ConcernRow, page: Concern, now: Instant) -> Row:
    due = moment(row.solve_due_at) if row.solve_due_at else "–"
    about = (("client", page.client), ("host", page.host), ("check", page.check), ("subject", page.subject))
    return Row(
        key=row.service,
        cells=(
            Cell(row.impact, _TONES.get(row.impact, "")),
            Cell(clean(row.name)),
            Cell(clean(row.sentence), "quiet"),
            Cell(row.severity),
            Cell(clean(row.owner_name)),
            Cell(clean(row.accountable or "nobody"), "" if row.accountable else "watch"),
            Cell(due, "breach" if row.solve_due_at and row.solve_due_at < now else "", row.solve_due_at or 0),
            Cell(clean(row.outcome_text or "–"), "quiet"),
        ),
        opens=Target("services", (("client", page.client),)),
        about=about,
        detail=tuple(clean(line, 400) for line in _detail(row)),
    )


def _detail(row: ConcernRow) -> Iterator[str]:
    yield f"{row.name}, criticality {row.criticality}, {counted(row.users, 'user', 'users')}"
    yield row.sentence
    yield f"way        {' → '.join(row.path)}"
    yield f"owner      {row.owner_name}"
    yield f"answers    {row.accountable or 'nobody'}, deputy {row.deputy or 'nobody'}"
    yield f"works      {', '.join(row.does) or 'nobody'}; told {', '.join(row.informed) or 'nobody'}"
    yield f"promise    {row.severity}: {row.sla or 'none'}"
    yield from (
        f"{word:<10} by {moment(at)}" for word, at in (("own", row.own_due_at), ("solve", row.solve_due_at)) if at
    )
    for one in row.supplies:
        due = f", due {moment(one.due_at)} if called now" if one.due_at else ""
        late = " – later than our own promise" if one.will_breach else ""
        account = f", account {one.account}" if one.account else ""
        yield f"supplier   {one.name} {one.desk}{account} ({one.contract}: {', '.join(one.covers)}){due}{late}"
    yield f"outcome    {row.outcome_text or 'none in the model'}"


def whom_lines(whom: Whom | None) -> tuple[str, ...]:
    """Whom it concerns, for the detail of a row: who accounts for it and what is left of its promise first (J1, c)."""
    if whom is None:
        return ()
    dues = [f"{word} by {moment(at)}" for word, at in (("own", whom.own_due_at), ("solve", whom.solve_due_at)) if at]
    lines = [
        f"accounts   {_accounts(whom)}",
        f"due        {', '.join(dues) or 'no promise'} · budget {whom.budget}",
        *(f"hits       {said}" for said in whom.hits),
        *([f"supplier   {whom.supplier}"] if whom.supplier else []),
        *([f"channel    {whom.channel}"] if whom.channel else []),
        *([f"outcome    {whom.outcome}"] if whom.outcome else []),
    ]
    return tuple(lines)


def _accounts(whom: Whom) -> str:
    return f"{whom.accountable}, deputy {whom.deputy or 'nobody'}" if whom.accountable else "nobody is named"


def why(page: Why, now: Instant) -> View:
    """Every criterion in the order in which they decide."""
    rule = f"rule of {page.client}: {', '.join(page.order)}" if page.order else f"{page.client} has no rule of its own"
    columns = (
        Column("", 2, right=True),
        Column("looks at", 14),
        Column("here", 28, flex=True),
        Column("puts it before", 18),
        Column("behind", 18),
        Column("says", 28, priority=1),
    )
    return View(
        title=f"{page.client} › #{page.incident} › why first",
        answer=f"{page.rank} of {page.of} · asked {duration(max(0, now - page.now))} ago",
        columns=columns,
        above=(Cell(clean(page.what)), Cell(clean(page.sentence, 400), "accent"), Cell(clean(rule), "quiet"),
               *(Cell(clean(move, 400)) for move in page.moves)),
        rows=tuple(_criterion(one, place, page) for place, one in enumerate(page.criteria, 1)),
    )  # fmt: skip


def _criterion(one: Criterion, place: int, page: Why) -> Row:
    return Row(
        key=f"{place} {one.name}",
        cells=(
            Cell(str(place), order=place),
            Cell(one.title),
            Cell(clean(one.value)),
            Cell(_numbers(one.ahead_of), "ok"),
            Cell(_numbers(one.behind), "watch"),
            Cell(clean(one.source), "quiet"),
        ),
        opens=Target("incident", (("incident", str(page.incident)),)),
        about=(("incident", str(page.incident)),),
    )


def _numbers(incidents: tuple[int, ...]) -> str:
    return ", ".join(f"#{number}" for number in incidents) or "–"


PRESENTERS: Presenters = {"concern": concern, "why": why}
