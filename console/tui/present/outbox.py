"""The outbox as a view: what waits and why, what was told to whom."""

from __future__ import annotations

from checks.reading import Instant
from checks.text import clean
from checks.wording import counted, duration
from console.pages.outbox import LetterRow, Outbox
from console.tui.present.words import moment
from console.tui.view import Cell, Column, Presenters, Row, View

_TONES = {"waits": "watch", "sent": "ok", "folded": "quiet", "given up": "breach"}


def outbox(page: Outbox, now: Instant) -> View:
    """What waits to leave the house."""
    columns = (
        Column("state", 8),
        Column("to", 16),
        Column("what", 34, flex=True),
        Column("by", 4, priority=3),
        Column("written", 9, priority=2),
        Column("what came of it", 30, priority=1),
    )
    return View(
        title="Outbox › all clients",
        answer=_answer(page),
        tone="breach" if page.stuck or page.given_up or page.trouble else "ok",
        columns=columns,
        rows=tuple(_row(row, now) for row in page.rows),
        above=(Cell(clean(page.trouble, 300), "breach"),) if page.trouble else (),
        empty=("No letter was written yet.", "Openings of S1 and S2, marks, offers and digests will stand here."),
    )


def _answer(page: Outbox) -> str:
    said = [f"{counted(page.waiting, 'letter waits', 'letters wait')}" if page.waiting else "nothing waits"]
    said += [f"{page.stuck} cannot leave"] if page.stuck else []
    said += [f"{page.given_up} told nobody since yesterday"] if page.given_up else []
    return " · ".join(said)


def _row(row: LetterRow, now: Instant) -> Row:
    detail = (
        row.subject,
        "",
        *row.lines,
        "",
        f"to         {row.to}, by {row.way}",
        f"written    {moment(row.written_at)}",
        f"sent       {moment(row.sent_at)}" if row.sent_at else f"next try   {moment(row.due_at)}",
        f"tries      {row.tries}",
        row.why,
    )
    return Row(
        key=str(row.letter),
        cells=(
            Cell(row.state, _TONES[row.state]),
            Cell(clean(row.to)),
            Cell(clean(row.subject)),
            Cell(row.way, "quiet"),
            Cell(duration(max(0, now - row.written_at)), "quiet", -row.written_at),
            Cell(clean(row.why), "quiet"),
        ),
        about=(("letter", str(row.letter)),),
        detail=tuple(clean(line, 400) for line in detail),
    )


PRESENTERS: Presenters = {"outbox": outbox}
