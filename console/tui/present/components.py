"""The six components and one service as views."""

from __future__ import annotations

from collections.abc import Mapping

from checks.reading import Instant
from checks.text import clean
from console.pages.components import ComponentRow, Components, ServicePage
from console.tui.present.people import rows_of
from console.tui.present.whole import drawn, revised
from console.tui.view import TONES, Cell, Column, Presenters, Row, Target, View

_SIGNS = {"ok": "● ", "watch": "▲ ", "breach": "■ ", "unknown": "○ "}
_SERVICES: Mapping[str, Column] = {
    "state": Column("state", 14),
    "owner": Column("owner", 14),
    "answers": Column("answers (A)", 14, priority=2),
    "criticality": Column("crit", 4, priority=3),
    "incidents": Column("open", 4, right=True, priority=3),
    "slo": Column("promised", 19, priority=4),
    "hours": Column("hours", 8, priority=5),
    "says": Column("why", 24, priority=6, flex=True),
}
_OTHERS: Mapping[str, Column] = {
    "who": Column("who", 22, priority=2),
    "says": Column("what is written", 24, flex=True),
    "now": Column("now", 17),
}
_PEOPLE: Mapping[str, Column] = {
    "who": Column("who", 17),
    "says": Column("what is written", 20, flex=True),
    "now": Column("now", 14, priority=3),
}
_KPIS: Mapping[str, Column] = {
    "who": Column("formula", 7),
    "says": Column("target", 24),
    "now": Column("now", 30, flex=True),
}
_COLUMNS = {"services": _SERVICES, "organization": _PEOPLE, "measurement": _KPIS}


def components(page: Components, now: Instant) -> View:
    """One part of the model: what is written, and what is live beside it."""
    if page.drawn is not None:
        return drawn(page.drawn, now)
    if page.tab == "revisions":
        return revised(page, now)
    columns = _COLUMNS.get(page.tab, _OTHERS)
    several = len(page.clients) > 1
    names = Column("service", 18) if page.tab == "services" else Column("name", 19)
    kinds = () if page.tab in ("services", "measurement") else (Column("what", 11),)
    return View(
        title=f"Model › {clean(page.clients[0]) if len(page.clients) == 1 else 'all clients'}",
        answer=clean(page.answer),
        tone=page.tone,
        columns=(*((Column("client", 10, priority=1),) if several else ()), *kinds, names, *columns.values()),
        rows=tuple(_row(row, columns, several=several, has_kind=bool(kinds)) for row in page.rows),
        empty=(
            "Nobody has written down how this house works yet. The first model takes a few answers:",
            "  watchbill model init --small",
            "and is put in force with",
            "  watchbill model publish FILE… --reason …",
        ),
    )


def _row(row: ComponentRow, columns: Mapping[str, Column], *, several: bool, has_kind: bool) -> Row:
    name = f"{_SIGNS.get(row.tone, '') if row.tone not in ('ok', '') else ''}{clean(row.name)}"
    cells = [Cell(clean(row.client), "quiet")] if several else []
    cells += [Cell(row.kind, "quiet")] if has_kind else []
    cells.append(Cell(name, row.tone if row.tone != "ok" else "", row.name))
    cells += [_cell(row, column) for column in columns]
    return Row(
        key=f"{row.client} {row.kind} {row.id} {row.name}",
        cells=tuple(cells),
        opens=Target(row.page, row.arguments) if row.page else None,
        about=(("client", row.client), *row.arguments),
        detail=tuple(clean(line, 600) for line in row.detail),
    )


def _cell(row: ComponentRow, column: str) -> Cell:
    said = clean(row.cells.get(column, ""))
    if column == "state":
        return Cell(f"{_SIGNS.get(row.tone, '')}{said}", row.tone)
    return Cell(said, "quiet" if said in ("–", "nobody", "none", "not measured", "0") else "")


def service(page: ServicePage, now: Instant) -> View:  # noqa: ARG001 - every view is made with the instant
    """One service: eight blocks, each line leading further."""
    return View(
        title=f"{clean(page.client_name)} › {clean(page.name)}",
        answer=f"{page.status.sign} {page.state}{': ' + clean(page.why) if page.why else ''}",
        tone=TONES[page.status],
        columns=(Column("", 11), Column("", 60, flex=True)),
        rows=tuple(rows_of(page.blocks)),
    )


PRESENTERS: Presenters = {"components": components, "service": service}
