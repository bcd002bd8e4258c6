"""Incidents as views: what is open, and one with its timeline."""

from __future__ import annotations

from collections.abc import Iterator

from checks.reading import Instant
from checks.text import clean
from checks.wording import duration
from checks.wording import size as size_words
from console.pages.incidents import IncidentPage, IncidentRow, Incidents, with_guests
from console.tui import drawing
from console.tui.present.concerning import checklist
from console.tui.present.words import incident_about, moment
from console.tui.view import TONES, Cell, Column, Presenters, Row, Target, View, sign

_MOST_CHILDREN = 4
_NIGHTS = 14
_RUNS_ON = ("supplier", "parts", "observe")
"""What the clock does not stop for."""


def incidents(page: Incidents, now: Instant) -> View:
    """What is open."""
    nobody = sum(not row.owner for row in page.rows)
    columns = (
        Column("", 1),
        Column("no", 5, right=True),
        Column("sev", 3),
        Column("state", 8, priority=2),
        Column("what", 30, flex=True),
        Column("owner", 10),
        Column("own", 24, priority=1),
        Column("solve", 24, priority=3),
    )
    return View(
        title="Incidents › all clients",
        answer=f"{len(page.rows)} open · {nobody} without an owner" if page.rows else "none is open",
        tone="breach" if nobody else "ok",
        columns=columns,
        rows=tuple(_incident_row(row, page.now, now) for row in page.rows),
        empty=("No incident is open.", "One opens by itself when a finding breaks its limit or a host falls silent."),
    )


def _incident_row(row: IncidentRow, asked_at: Instant, now: Instant) -> Row:
    own = Cell(f"own   {row.own_verdict}", "breach" if row.own_verdict == "missed" else "ok")
    detail = (
        row.title,
        "",
        f"service    {row.service_name or '–'} ({row.client})",
        f"answers    {row.answers or 'nobody'}",
        f"owner      {row.owner or 'nobody yet'}",
        f"detected   {moment(row.detected_at)}",
        f"outage     {row.outage or 'no'}",
        *([f"waits      {row.acknowledged}"] if row.acknowledged else []),
    )
    return Row(
        key=str(row.incident),
        cells=(
            sign(row.status),
            Cell(str(row.incident), order=row.incident),
            Cell(row.severity),
            Cell(row.state),
            Cell(clean(_title(row)), "quiet" if row.parent else ""),
            Cell(clean(row.owner), "accent") if row.owner else Cell("nobody", "quiet"),
            own if row.owner and row.own_verdict else drawing.promise(row.own, asked_at, now),
            drawing.promise(row.solve, asked_at, now),
        ),
        opens=Target("incident", (("incident", str(row.incident)),)),
        about=incident_about(row),
        detail=tuple(clean(line) for line in detail),
    )


def _title(row: IncidentRow) -> str:
    """What it is about: a symptom hangs under its root, a root says how many it has; and whether it flaps."""
    told = f"└ {row.title}" if row.parent else with_guests(row.title, row.host, row.children)
    return f"{told} (flapping)" if row.flapping else told


def incident(page: IncidentPage, now: Instant) -> View:
    """One incident and its timeline."""
    row = page.row
    who = f"{row.owner} has it" if row.owner else "nobody has it yet"
    own = drawing.promise(row.own, page.now, now).text
    solve = drawing.promise(row.solve, page.now, now).text
    above = [
        Cell(clean(page.sentence)),
        Cell(clean(f"{row.service_name or 'no service'} · answers: {row.answers or 'nobody'} · {row.severity}")),
        Cell(f"{own}    {solve}", "watch" if row.resolved_at is None else "ok"),
    ]
    above += [Cell(f"advice: {page.advice}", "quiet")] if page.advice else []
    above += [Cell(clean(line, 400), tone) for line, tone in _around(page)]
    if row.flapping:
        above.append(Cell("flapping: it turns too often to be told each time; its true state is told later", "watch"))
    if row.acknowledged:
        above.append(Cell(clean(f"it waits, says {row.acknowledged}", 400), "accent"))
    if row.outage == "to confirm":
        above.append(Cell("was it an outage? confirm it with O; until then its availability is unknown", "unknown"))
    columns = (Column("when", 16), Column("by", 10), Column("event", 10), Column("what", 30, flex=True))
    rows = tuple(
        Row(
            key=str(place),
            cells=(Cell(moment(entry.at)), Cell(clean(entry.by or "console"), "" if entry.by else "quiet"),
                   Cell(entry.kind, "accent"), Cell(clean(entry.text, 2000))),
            about=(*incident_about(row), ("service", row.service)),
        )
        for place, entry in enumerate(page.timeline)
    )  # fmt: skip
    return View(
        title=f"{row.client} › {clean(row.service_name or row.host)} › #{row.incident}",
        answer=f"{row.status.sign} {row.state} · {clean(who)}",
        tone=TONES[row.status],
        columns=columns,
        rows=rows,
        above=tuple(above),
    )


def _around(page: IncidentPage) -> Iterator[tuple[str, str]]:
    """Whom it concerns, how they are told, what is done, and what it explains or is explained by."""
    told = page.concern
    if told is not None and told.rows:
        first = next((one for one in told.rows if one.service == page.row.service), told.rows[0])
        supplier = "".join(f" · supplier {one.name} {one.desk}" for one in first.supplies if one.is_struck)
        if first.accountable or supplier:
            yield f"accountable: {first.accountable or 'nobody'} · deputy: {first.deputy or 'nobody'}{supplier}", ""
        yield "; ".join(one.sentence for one in told.rows), "quiet"
    if told is not None:
        yield from ([(told.card.sentence, "accent")] if told.card.channel else [])
        yield from ([(checklist(told), "quiet")] if told.runbook and not page.steps else [])
    yield from _backups(page)
    yield from _handling(page)
    if page.row.parent:
        yield f"it is a symptom of #{page.row.parent}, which is the one to work on", "unknown"
    yield from ((f"└ #{one.incident} {one.title}", "quiet") for one in page.children[:_MOST_CHILDREN])
    if len(page.children) > _MOST_CHILDREN:
        yield f"└ and {len(page.children) - _MOST_CHILDREN} more", "quiet"


def _backups(page: IncidentPage) -> Iterator[tuple[str, str]]:
    """The runs of the jobs that it is about, their newest copy, and the size and room of it (J3)."""
    for job in page.backups:
        where = f" → {job.to}" if job.to else ""
        yield f"{job.job}{where}  {job.nights}  {job.good} of {job.due} runs good in 14 days", ""
        if job.last:
            yield f"last run {job.last}" + (f"; {job.hint}" if job.hint else ""), "watch" if job.hint else "quiet"
        copy = f"newest copy of {moment(job.last_good)}: {job.age}" if job.last_good is not None else job.age
        sizes = drawing.sparkline([(place, float(size)) for place, size in enumerate(job.sizes)], _NIGHTS)
        size = f"size {sizes} {size_words(job.sizes[-1])}" if job.sizes else ""
        lines = (" · ".join(filter(None, said)) for said in ((copy, size), (page.room, job.restore)))
        yield from ((line, "quiet") for line in lines if line)


def _handling(page: IncidentPage) -> Iterator[tuple[str, str]]:
    """The runbook as a checklist, whom it is offered to, and where the time went."""
    if page.steps:
        done = sum(step.is_done for step in page.steps)
        ticks = (f"{'☑' if one.is_done else '□'} {one.name}" for one in page.steps)
        named = f"{page.concern.process}, {page.concern.runbook}" if page.concern else "runbook"
        yield f"{named} {done}/{len(page.steps)}:  {'  '.join(ticks)}", "ok" if done == len(page.steps) else ""
    if page.offered_to:
        yield f"offered to {page.offered_to}, who has not accepted yet (H)", "watch"
    yield from ((told, "breach" if page.breaks else "quiet") for told in page.forecasts)
    if page.chain:
        rungs = (f"{'✓ ' if one.called_at is not None else ''}{one.name} ({one.role})" for one in page.chain)
        coming = next((one for one in page.chain if one.called_at is None), None)
        yield f"up the chain: {' → '.join(rungs)}" + (f" · next: {coming.address} (e)" if coming else ""), "quiet"
    if page.unowned:
        yield f"it lay in the queue again for {duration(page.unowned)}", "watch"
    if page.waits or page.minutes:
        yield f"where the time went: {_breakdown(page)}", "quiet"


def _breakdown(page: IncidentPage) -> str:
    """A bar of what the clock's time was spent on, and the same in words."""
    solve = page.row.solve
    used = solve.total - solve.left if solve is not None else 0
    parts = [("▒", f"waiting for {one.reason}", one.seconds) for one in page.waits]
    spans = [("█", "working", max(0, used - sum(one.seconds for one in page.waits if one.reason in _RUNS_ON))), *parts]
    whole = sum(seconds for _, _, seconds in spans) or 1
    bar = "".join(mark * round(seconds * 24 / whole) for mark, _, seconds in spans)
    words = ", ".join(f"{name} {duration(seconds)}" for _, name, seconds in spans if seconds)
    logged = f" · {page.minutes} min logged" if page.minutes else ""
    return f"{bar} {words}{logged}".strip()


PRESENTERS: Presenters = {"incidents": incidents, "incident": incident}
