"""The blueprint as views: five columns with lines between them, or an outline; and who does what."""

from __future__ import annotations

from checks.reading import Instant
from checks.text import clean
from checks.wording import counted
from console.pages.blueprint import Blueprint, DrawnLine, Piece, Raci
from console.tui.view import Cell, Column, Presenters, Row, Target, View

_WORDS = {"structure": "how it is organised", "raci": "who does what", "now": "how it stands", "kpi": "this week"}


def blueprint(page: Blueprint, now: Instant) -> View:  # noqa: ARG001 - every view is made with the instant
    """The drawing, a row a line. Enter on a service or process lights up its people."""
    head = page.lines[0].pieces if page.lines and not page.is_outline else ()
    columns = tuple(Column(piece.text.strip(), len(piece.text), is_joined=True) for piece in head)
    lines = page.lines[1:] if head else page.lines
    said = [DrawnLine((), ""), *(_sentence(one, columns) for one in (*page.sentences, " · ".join(page.legend)))]
    return View(
        title=f"{page.client} › blueprint › {_WORDS[page.layer]}",
        answer=clean(page.answer),
        tone=page.tone,
        columns=columns or (Column("", 78, flex=True),),
        rows=tuple(_row(page, place, line, len(columns) or 1) for place, line in enumerate([*lines, *said])),
        empty=("The model says nothing yet. Begin with: watchbill model draft",),
    )


def raci(page: Raci, now: Instant) -> View:  # noqa: ARG001
    """People across, services and processes down."""
    people = list(page.people.items())
    columns = (
        Column("what", 22, flex=True),
        *(Column(clean(name).split(" ")[0], 9, priority=place) for place, (_, name) in enumerate(people, 1)),
    )
    rows = tuple(
        Row(
            key=f"{row.kind} {row.about}",
            cells=(
                Cell(clean(row.name)),
                *(
                    Cell(" ".join(row.letters.get(id_, "·")), "" if id_ in row.letters else "quiet")
                    for id_, _ in people
                ),
            ),
            opens=_lit(page.client, row.about),
            about=(("service", row.about),),
            detail=tuple(f"{letters:<4} {clean(page.people.get(id_, id_))}" for id_, letters in row.letters.items()),
        )
        for row in page.rows
    )
    return View(
        title=f"{page.client} › who does what",
        answer=f"{counted(len(rows), 'service or process', 'services and processes')}, {len(people)} parties",
        above=(Cell("R does it · A answers · D stands in · C is asked · I is told", "quiet"),),
        columns=columns,
        rows=rows,
        empty=("The model has no service and no process yet.",),
    )


def _row(page: Blueprint, place: int, line: DrawnLine, columns: int) -> Row:
    cells = [Cell(piece.text, piece.tone) for piece in line.pieces]
    if page.is_outline and cells:
        tones = [cell.tone for cell in cells if cell.tone not in ("", "quiet")]
        cells = [Cell("".join(cell.text for cell in cells), tones[0] if tones else "")]
    cells += [Cell("")] * (columns - len(cells))
    opens = _lit(page.client, line.about) if line.about else None
    about = (("service", line.about),) if line.about else ()
    detail = (f"Enter lights up who does {clean(line.about)}",) if about and not page.is_outline else ()
    return Row(str(place), tuple(cells), opens, about, detail)


def _sentence(text: str, columns: tuple[Column, ...]) -> DrawnLine:
    """A sentence cut into the columns, so that it runs across all of them."""
    said, pieces = clean(text, 400), []
    for column in columns[:-1]:
        pieces.append(Piece(said[: column.width], ""))
        said = said[column.width :]
    return DrawnLine((*pieces, Piece(said, "")), "")


def _lit(client: str, about: str) -> Target:
    return Target("blueprint", (("client", client), ("tab", "raci"), ("service", about)))


PRESENTERS: Presenters = {"blueprint": blueprint, "raci": raci}
