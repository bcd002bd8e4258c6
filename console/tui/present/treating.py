"""What can be done about a gap, as a view; and how other views lead there."""

from __future__ import annotations

from checks.reading import Instant
from checks.text import clean
from console.pages.assessing import TreatmentRow, Treatments
from console.tui.view import Cell, Column, Presenters, Row, Target, View


def treatments(page: Treatments, now: Instant) -> View:  # noqa: ARG001 - every view is made with the instant
    """What can be done about one gap."""
    return View(
        title=clean(f"{page.client} › {page.gap.replace(':', ' ')}"),
        answer=f"{len(page.rows)} ways to treat it",
        columns=(
            Column("treatment", 9),
            Column("what", 30, flex=True),
            Column("writes", 8, priority=1),
            Column("owner", 14, priority=2),
            Column("expect", 37, priority=3),
        ),
        rows=tuple(_treatment(row, page) for row in page.rows),
        above=(Cell(clean(page.evidence, 400)),),
        empty=("It is closed.",),
    )


def _treatment(row: TreatmentRow, page: Treatments) -> Row:
    return Row(
        key=row.kind,
        cells=(
            Cell(row.kind, "accent"),
            Cell(clean(row.sentence, 300)),
            Cell(row.record or "model", "quiet"),
            Cell(clean(row.owner_name or "–")),
            Cell(row.expected or "–", "quiet"),
        ),
        about=(("client", page.client), ("gap", page.gap), ("treatment", row.kind)),
        detail=lines(
            f"{row.kind}: {row.sentence}",
            *(f"writes     {path}: {value}" for path, value in row.changes),
            f"writes     {row.record}: {row.text}" if row.record else "",
            f"owner      {row.owner_name or 'nobody'}",
            f"expect     {row.expected}" if row.expected else "",
        ),
    )


def treatments_of(client: str, key: str) -> Target:
    """The page of a gap's treatments."""
    return Target("treatments", (("client", client), ("gap", key)))


def lines(*said: str) -> tuple[str, ...]:
    """Lines that say something, safe to show."""
    return tuple(clean(line, 400) for line in said if line)


PRESENTERS: Presenters = {"treatments": treatments}
