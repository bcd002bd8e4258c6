"""Hosts as a view: who checks in, and how the next machine comes in."""

from __future__ import annotations

from checks.finding import Status
from checks.reading import Instant
from checks.text import clean
from checks.wording import duration
from console.pages.hosts import HostRow, Hosts
from console.tui.present.words import host_target
from console.tui.view import Cell, Column, Presenters, Row, View, glyph


def hosts(page: Hosts, now: Instant) -> View:
    """Who checks in."""
    unknown = sum(row.status is Status.UNKNOWN for row in page.rows)
    breached = sum(row.breached > 0 for row in page.rows)
    parts = [f"{sum(row.is_heard for row in page.rows)} of {len(page.rows)} heard"]
    parts += [f"{breached} over a limit"] if breached else []
    parts += [f"{unknown} unknown"] if unknown else []
    columns = (
        Column("status", 9),
        Column("host", 18),
        Column("client", 12, priority=3),
        Column("last seen", 14, priority=1),
        Column("worst finding", 30, flex=True),
        Column("agent", 8, priority=4),
        Column("system", 24, priority=5),
    )
    help_lines = _second_machine(page)
    return View(
        title="Hosts › all clients",
        answer=" · ".join(parts),
        tone="breach" if breached else "unknown" if unknown else "ok",
        columns=columns,
        rows=tuple(_host_row(row, now) for row in page.rows),
        above=tuple(Cell(line, "quiet") for line in help_lines) if len(page.rows) == 1 else (),
        empty=("No host checks in yet.", *help_lines),
    )


def _second_machine(page: Hosts) -> tuple[str, ...]:
    row = page.rows[0] if page.rows else None
    place = f"--client {row.client} --site {row.site}" if row else "--client C --site S"
    return (
        "The next machine comes in with three lines:",
        "  on it    pip install watchbill",
        f"  here     watchbill agents invite {place}",
        "  on it    watchbill-agent join   (paste the line that the invitation printed)",
    )


def _host_row(row: HostRow, now: Instant) -> Row:
    seen = "never" if row.last_seen is None else f"{duration(max(0, now - row.last_seen))} ago"
    detail = (
        f"{row.host} ({row.client}, {row.site})",
        "",
        f"last seen  {seen}{' · catching up' if row.catching_up else ''}",
        f"system     {row.os or 'unknown'}",
        f"agent      {row.agent or 'none'} {row.agent_version}",
        f"serves     {', '.join(row.services) or 'nothing in the model'}",
        f"findings   {row.breached} over a limit · {row.watched} on watch · {row.unknown} unknown",
        *unplanned(row),
        row.worst,
    )
    return Row(
        key=f"{row.client} {row.host}",
        cells=(
            glyph(row.status),
            Cell(clean(row.host)),
            Cell(row.client),
            Cell(seen, "quiet", -(row.last_seen or 0)),
            _worst(row),
            Cell(clean(row.agent_version), "quiet"),
            Cell(clean(row.os), "quiet"),
        ),
        opens=host_target(row.client, row.host),
        about=(("client", row.client), ("host", row.host), ("hosts", row.host), ("check", ""), ("subject", "")),
        detail=tuple(clean(line) for line in detail),
    )


def _worst(row: HostRow) -> Cell:
    if row.worst or row.planned:
        return Cell(clean(row.worst or "nothing is wrong"), "" if row.worst else "quiet")
    return Cell("unplanned: it stands in no model", "watch")


def unplanned(row: HostRow) -> tuple[str, ...]:
    """What is said of a host that reports but stands in no model."""
    if row.planned:
        return ("",)
    return ("unplanned: it stands in no model; write under hosts:", row.entry)


PRESENTERS: Presenters = {"hosts": hosts}
