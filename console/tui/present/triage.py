"""Triage as a view: what needs somebody now, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator

from checks.reading import Instant
from checks.text import clean
from checks.wording import counted, duration
from console.pages.triage import Triage, TriageRow
from console.tui import drawing
from console.tui.present.concerning import whom_lines
from console.tui.present.words import finding_about, host_target, incident_about, moment
from console.tui.view import Cell, Column, Presenters, Row, Target, View, sign


def triage(page: Triage, now: Instant) -> View:
    """What needs me now."""
    if page.needs_you:
        answer = f"{page.needs_you} {'needs' if page.needs_you == 1 else 'need'} you"
        if page.soonest is not None:
            left = drawing.left_now(page.soonest, page.now, now)
            late = f"one is {duration(left)} late" if left < 0 else f"the next promise breaks in {duration(left)}"
            answer += f" · {late}"
    else:
        answer = "nothing needs you" if page.hosts else "nobody checks in yet"
    fresh = "" if page.oldest_evidence is None else f" · evidence {duration(max(0, now - page.oldest_evidence))} old"
    held = f" · {page.held_back} held back (:suppressed)" if page.held_back else ""
    columns = (
        Column("", 1),
        Column("what", 30, flex=True),
        Column("service", 14, priority=2),
        Column("owner", 10, priority=1),
        Column("promise", 24),
        Column("next step", 26, priority=3),
    )
    return View(
        title="Triage › all clients",
        answer=f"{answer}{fresh}{held}",
        tone="breach" if page.needs_you else "ok",
        columns=columns,
        above=tuple(_above(page)),
        rows=tuple(_triage_row(row, page.now, now) for row in page.rows),
        empty=(
            f"All quiet: {counted(page.hosts, 'host is', 'hosts are')} heard and nothing is over its limit.",
            "Incidents and what is on watch will stand here, the most pressing first.",
        ),
    )


def _above(page: Triage) -> Iterator[Cell]:
    """What came while the reader was away, what they are offered, and whether letters cannot leave the house."""
    lately = page.lately
    told = [
        f"{count} {word}"
        for count, word in (
            (lately.new, "new"),
            (lately.cleared, "cleared by itself" if lately.cleared == 1 else "cleared by themselves"),
            (lately.silent, "silent host" if lately.silent == 1 else "silent hosts"),
        )
        if count
    ]
    since = "in the last day" if lately.left_at is None else f"since you left {moment(lately.left_at)}"
    yield Cell(f"{since}: {', '.join(told) or 'nothing new'}" + (" (N)" if told else ""), "accent" if told else "quiet")
    for row in page.rows:
        if row.offer:
            yield Cell(clean(f"#{row.incident} {row.host}: {row.offer} (H accepts)", 400), "watch")
    if page.letters:
        yield Cell(clean(page.letters, 300), "breach")


def _triage_row(row: TriageRow, asked_at: Instant, now: Instant) -> Row:
    owner = Cell(clean(row.owner), "accent") if row.owner else Cell("nobody" if row.incident else "–", "quiet")
    answers = f"answers {row.answers}" if row.answers else "the host serves nothing in the model"
    detail = (
        f"next       {row.next_step}",
        f"service    {row.service_name or '–'} ({row.client_name}) · {row.severity or 'on watch only'}",
        f"owner      {row.owner or 'nobody yet'} · {answers}",
        *whom_lines(row.whom),
        f"since      {moment(row.since)} ({duration(max(0, now - row.since))})",
    )
    return Row(
        key=f"{row.incident or ''} {row.client} {row.host} {row.check} {row.subject}",
        cells=(
            sign(row.status),
            Cell(clean(row.what)),
            Cell(clean(row.service_name or "–"), "" if row.service_name else "quiet"),
            owner,
            drawing.promise(row.clock, asked_at, now),
            Cell(clean(row.next_step), "quiet"),
        ),
        opens=Target("incident", (("incident", str(row.incident)),))
        if row.incident
        else host_target(row.client, row.host),
        about=incident_about(row) if row.incident else finding_about(row),
        detail=tuple(clean(line, 400) for line in (row.what, *detail)),
    )


PRESENTERS: Presenters = {"triage": triage}
