"""What alarms nobody, as a view."""

from __future__ import annotations

from checks.reading import Instant
from checks.text import clean
from checks.wording import duration
from console.pages.suppressed import Suppressed, SuppressedRow
from console.tui.present.words import moment
from console.tui.view import Cell, Column, Presenters, Row, Target, View


def suppressed(page: Suppressed, now: Instant) -> View:
    """What is held back now, then what was lately."""
    columns = (
        Column("host", 14),
        Column("what", 24, flex=True),
        Column("why", 12),
        Column("about", 30, flex=True),
        Column("since", 16, priority=1),
        Column("until", 16),
        Column("came", 8, priority=1),
        Column("client", 12, priority=2),
    )
    return View(
        title="Suppressed",
        answer=f"{page.held} held back" if page.held else "nothing is held back",
        columns=columns,
        rows=tuple(_row(row, now) for row in page.rows),
        empty=("Nothing is held back: everything that is wrong is told.",),
    )


def _row(row: SuppressedRow, now: Instant) -> Row:
    what, tone = clean(f"{row.title} {row.subject}".strip()), "quiet" if row.came else ""
    number = f"#{row.incident}: " if row.incident else ""
    until = moment(row.until) if row.until is not None else "–"
    host = Target("host", (("client", row.client), ("host", row.host)))
    incident = Target("incident", (("incident", str(row.incident)),)) if row.incident else host
    return Row(
        f"{row.client} {row.host} {row.check} {row.subject} {row.since}",
        (Cell(clean(row.host), tone), Cell(what, tone), Cell(row.why, tone), Cell(clean(number + row.about), tone),
         Cell(moment(row.since), tone, order=row.since), Cell(until, tone, order=row.until or 0),
         Cell(row.came, tone), Cell(row.client, "quiet")),
        opens=incident,
        detail=(f"{clean(row.host)}: {what}", clean(row.about), f"for {duration(max(0, now - row.since))}"),
    )  # fmt: skip


PRESENTERS: Presenters = {"suppressed": suppressed}
