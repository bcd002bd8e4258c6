"""Findings as views: those of one host with their history and numbers, and those of all."""

from __future__ import annotations

from checks.reading import Instant
from checks.text import clean
from checks.wording import duration
from console.pages.hosts import FindingRow, Findings, HostPage, said
from console.tui import drawing
from console.tui.present.concerning import whom_lines
from console.tui.present.hosts import unplanned
from console.tui.present.words import finding_about, host_target, moment
from console.tui.view import TONES, Cell, Column, Presenters, Row, View, glyph

_WEEK = 7 * 86_400
_HISTORY = 14


def host(page: HostPage, now: Instant) -> View:
    """One host, every finding."""
    row = page.row
    seen = "never heard" if row.last_seen is None else f"last check-in {duration(max(0, now - row.last_seen))} ago"
    serves = "; ".join(
        f"{one.name} ({one.criticality}, {one.answers}{', ' + one.sla if one.sla else ''})" for one in page.serves
    )
    off = f" · its clock is {duration(page.clock_off)} off" if page.clock_off else ""
    columns = (
        Column("status", 9),
        Column("what", 20),
        Column("finding", 30, flex=True),
        Column("last 7 days", _HISTORY, priority=1),
        Column("numbers", 16, priority=2),
        Column("since", 14, priority=3),
    )
    return View(
        title=f"{row.client} › {clean(row.host)}",
        answer=f"{row.status.sign} {row.status.value} · {seen} · agent {clean(row.agent_version) or 'none'}{off}",
        tone=TONES[row.status],
        columns=columns,
        above=(
            Cell(clean(f"serves {serves or 'nothing in the model'}")),
            Cell(clean(f"{row.os} · {page.kernel}"), "quiet"),
            *(Cell(clean(line), "watch") for line in unplanned(row) if line),
        ),
        rows=tuple(_finding_on_host(page, one, now) for one in page.findings),
        empty=("Nothing was seen of this host yet.",),
    )


def _finding_on_host(page: HostPage, one: FindingRow, now: Instant) -> Row:
    key = f"{one.check} {one.subject}".strip()
    stretches = page.history.get(key, ())
    numbers = next((s.points for s in page.series if (s.check, s.subject) == (one.check, one.subject)), ())
    return Row(
        key=key,
        cells=(
            glyph(one.status),
            Cell(clean(f"{one.title} {one.subject}".strip())),
            Cell(clean(said(one)), "" if one.status.rank > 1 else "quiet"),
            drawing.strip_cell(stretches, page.now - _WEEK, page.now, _HISTORY),
            Cell(drawing.sparkline(numbers, 16), "accent"),
            Cell(duration(max(0, now - one.since)), "quiet", one.since),
        ),
        about=finding_about(one),
        detail=_finding_detail(one, now),
    )


def _finding_detail(one: FindingRow, now: Instant) -> tuple[str, ...]:
    later = f"worse at {moment(one.holds_until)} if nothing new arrives" if one.holds_until else ""
    until = f", until {moment(one.held_until)} at the latest" if one.held_until else ""
    lines = [
        f"{one.title} {one.subject}".strip(),
        one.sentence,
        *([f"advice     {one.advice}"] if one.status.rank > 1 else []),
        "",
        f"since      {moment(one.since)}",
        f"seen       {duration(max(0, now - one.taken_at))} ago, good until {moment(one.evidence_until)}",
        f"standard   {one.standard}",
        f"service    {one.service_name or 'nothing in the model'}",
        f"answers    {one.answers or 'nobody'}",
        f"promise    {one.sla or 'none'}",
        later,
        *([f"held back  {one.held_back}{until}"] if one.held_back else []),
        *whom_lines(one.whom),
        "",
        *(f"  {item.name}  {item.detail}" for item in one.items[:30]),
    ]
    return tuple(clean(line, 400) for line in lines)


def findings(page: Findings, now: Instant) -> View:
    """Every finding of every host."""
    bad = [row for row in page.rows if row.status.rank > 1]
    columns = (
        Column("status", 9),
        Column("host", 14),
        Column("what", 20),
        Column("finding", 30, flex=True),
        Column("service", 14, priority=1),
        Column("answers", 12, priority=2),
        Column("since", 12, priority=3),
    )
    rows = tuple(
        Row(
            key=f"{row.client} {row.host} {row.check} {row.subject}",
            cells=(
                glyph(row.status),
                Cell(clean(row.host)),
                Cell(clean(f"{row.title} {row.subject}".strip())),
                Cell(clean(said(row)), "" if row.status.rank > 1 else "quiet"),
                Cell(clean(row.service_name or "–")),
                Cell(clean(row.answers or "–")),
                Cell(duration(max(0, now - row.since)), "quiet", row.since),
            ),
            opens=host_target(row.client, row.host),
            about=finding_about(row),
            detail=_finding_detail(row, now),
        )
        for row in page.rows
    )
    return View(
        title="Findings",
        answer=f"{len(bad)} of {len(page.rows)} are not fine" if bad else f"all {len(page.rows)} are fine",
        tone=TONES[bad[0].status] if bad else "ok",
        columns=columns,
        rows=rows,
        empty=("Nothing was seen yet.",),
    )


PRESENTERS: Presenters = {"host": host, "findings": findings}
