"""How far the six components of the operating model are lived: five steps each, as bars (5.4; H of 5.3)."""

from __future__ import annotations

from collections.abc import Iterator

from console.pages.week import Week
from console.reports.charts.svg import picture, rect, words
from console.reports.printed.document import Drawing, Table

_LEFT, _STEP, _ROW = 80.0, 26.0, 15.0
_STEPS = 5


def maturity_bars(week: Week) -> Iterator[Drawing]:
    """One row a component: its level in full steps, its score in a thin line; none where nothing was assessed."""
    if not week.maturity:
        return
    title = "Model health: five steps of each component"
    pieces: list[str] = []
    for place, one in enumerate(week.maturity):
        top = place * _ROW
        pieces.append(words((0, top + 10), one.component[:16]))
        for step in range(_STEPS):
            kind = "good" if one.level is not None and step < one.level else "outside"
            pieces.append(rect((_LEFT + step * _STEP, top + 2, _STEP - 2, 7), kind))
        score = one.score[0] / one.score[1]
        pieces.append(rect((_LEFT, top + 10, max(0.6, score * _STEP - 2), 2), "soon", f"{one.component}: {one.shows}"))
        pieces.append(words((_LEFT + _STEPS * _STEP + 4, top + 10), one.shows, "small"))
    rows = tuple(
        (one.component, "–" if one.level is None else str(one.level), one.shows, one.change or "–")
        for one in week.maturity
    )
    table = Table(("component", "level", "score", "change"), rows, right=(1, 2))
    yield Drawing(title, picture((_LEFT + _STEPS * _STEP + 26, len(rows) * _ROW + 2), title, pieces), table)
