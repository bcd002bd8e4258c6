"""The week and the published models as views."""

from __future__ import annotations

from checks.reading import Instant
from checks.text import clean
from checks.wording import duration
from console.pages.model import Models
from console.pages.papers import GapRow, Gaps
from console.pages.week import Week
from console.tui.present.words import moment
from console.tui.view import Cell, Column, Presenters, Row, Target, View


def week(page: Week, now: Instant) -> View:
    """The week as the client reads it."""
    lines = page.text.splitlines()
    so_far = " · so far" if page.so_far and now < page.end else ""
    return View(
        title=f"{page.client} › week {page.week}",
        answer=f"{clean(page.headline)}{so_far}",
        columns=(Column("", 80, flex=True, folds=True),),
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
            opens=Target("revisions", (("model", head.model),)),
            detail=(f"sha256 {head.sha256}", f"published {duration(max(0, now - head.at))} ago"),
        )
        for head in page.heads
    )  # fmt: skip
    return View(
        title="Model",
        answer=f"{len(rows)} published" if rows else "nothing is published yet",
        columns=columns,
        rows=rows,
        empty=(
            "Make your first model: watchbill model init asks at most twelve questions and writes the files.",
            "Read them, then: watchbill model publish provider.yaml CLIENT.yaml --reason …",
        ),
    )


def gaps(page: Gaps, now: Instant) -> View:  # noqa: ARG001 - every view is made with the instant
    """What the model lacks."""
    columns = (
        Column("gap", 4),
        Column("about", 16),
        Column("evidence", 30, flex=True),
        Column("owner", 14, priority=1),
        Column("client", 12, priority=2),
    )
    return View(
        title="Gaps › what the model lacks",
        answer=f"{len(page.rows)} to close" if page.rows else "nothing is missing",
        tone="watch" if page.rows else "ok",
        columns=columns,
        rows=tuple(_gap(row, page) for row in page.rows),
        empty=("Every host reaches a service, every service has an owner, a promise and somebody who can stand in.",),
    )


def _gap(row: GapRow, page: Gaps) -> Row:
    beside = [
        f"beside     {one.evidence}"
        for one in page.shortfalls
        if (one.client, one.service) == (row.client, row.about) and one.evidence != row.evidence
    ]
    return Row(
        key=f"{row.client} {row.number} {row.about} {row.evidence}",
        cells=(
            Cell(row.number, "watch"),
            Cell(clean(row.about)),
            Cell(clean(row.evidence)),
            Cell(clean(row.owner_name or "nobody"), "" if row.owner else "quiet"),
            Cell(clean(row.client), "quiet"),
        ),
        detail=tuple(
            clean(line, 400)
            for line in (f"{row.number} {row.about}: {row.evidence}", f"to close   {row.fix}",
                         f"owner      {row.owner_name or 'nobody'}", f"component  {row.component}", *beside)
        ),
    )  # fmt: skip


PRESENTERS: Presenters = {"week": week, "model": model, "gaps": gaps}
