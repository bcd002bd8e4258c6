"""The week and the published models as views."""

from __future__ import annotations

from checks.reading import Instant
from checks.text import clean
from checks.wording import duration
from console.pages.model import Models
from console.pages.week import Week
from console.tui.present.words import moment
from console.tui.view import Cell, Column, Row, View


def week(page: Week, now: Instant) -> View:
    """The week as the client reads it."""
    lines = page.text.splitlines()
    so_far = " · so far" if page.so_far and now < page.end else ""
    return View(
        title=f"{page.client} › week {page.week}",
        answer=f"{clean(page.headline)}{so_far}",
        columns=(Column("", 80, flex=True),),
        rows=tuple(Row(str(place), (Cell(clean(line, 400)),)) for place, line in enumerate(lines)),
    )


def model(page: Models, now: Instant) -> View:
    """What is published."""
    columns = (
        Column("model", 18),
        Column("revision", 8, right=True),
        Column("published", 16, priority=1),
        Column("by", 12),
        Column("reason", 30, flex=True),
    )
    rows = tuple(
        Row(
            head.model,
            (Cell(head.model), Cell(str(head.revision), order=head.revision), Cell(moment(head.at)),
             Cell(clean(head.author)), Cell(clean(head.reason), "quiet")),
            detail=(f"sha256 {head.sha256}", f"published {duration(max(0, now - head.at))} ago"),
        )
        for head in page.heads
    )  # fmt: skip
    return View(
        title="Model",
        answer=f"{len(rows)} published" if rows else "nothing is published yet",
        columns=columns,
        rows=rows,
        empty=("Write one, then: watchbill model publish FILE --reason …",),
    )
