"""How far the six components of the operating model are lived: five steps each, bars and a radar (5.4; H of 5.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import cos, pi, sin

from console.pages.figures import Exact
from console.pages.week import Week
from console.reports.charts.svg import line, picture, rect, words
from console.reports.printed.document import Drawing, Table

_LEFT, _STEP, _ROW = 80.0, 26.0, 15.0
_STEPS = 5
_RADIUS, _MIDDLE, _WIDE, _HIGH = 60.0, (130.0, 80.0), 490.0, 160.0
_NAMES, _THEN, _NOW = 290.0, 430.0, 486.0
"""Where, beside the radar, names begin, and where the scores of then and of now end."""


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


def maturity_radar(week: Week, earlier: Sequence[Week] = ()) -> Iterator[Drawing]:
    """The scores of now over those of the first week that has some, from 0 in the middle to 5; none for one or two."""
    now = {one.component: one.score for one in week.maturity}
    if len(now) < 3:
        return
    first = next((one for one in earlier if one.maturity), None)
    then = {one.component: one.score for one in first.maturity} if first else {}
    before = {one.component: one.shows for one in first.maturity} if first else {}
    title = "Model health: scores, from 0 in the middle to 5" + (f"; dashed: {first.week}" if first else "")
    places = tuple(now)
    pieces = [line(_around([step / _STEPS] * len(places)), "ring") for step in range(1, _STEPS + 1)]
    pieces += [line([_MIDDLE, _point(place, len(places), 1)], "ring") for place in range(len(places))]
    if then:
        pieces.append(line(_around([_share(then, name) for name in places]), "fair"))
    pieces.append(line(_around([_share(now, name) for name in places]), "left"))
    pieces += [_name(name, place, len(places)) for place, name in enumerate(places)]
    rows = tuple((one.component, before.get(one.component, "–"), one.shows) for one in week.maturity)
    table = Table(("component", first.week if first else "earlier", week.week), rows, right=(1, 2))
    pieces += _beside(table)
    yield Drawing(title, picture((_WIDE, _HIGH), title, pieces), table, wide=True)


def _beside(table: Table) -> Iterator[str]:
    """The table in the picture: on paper nothing else tells the scores."""
    top = _MIDDLE[1] - (len(table.rows) + 1) * _ROW / 2 + 10
    for place, (name, then, now) in enumerate((table.head, *table.rows)):
        kind = "word" if place else "small"
        yield words((_NAMES, top + place * _ROW), name[:20], kind)
        yield words((_THEN, top + place * _ROW), then, kind, "end")
        yield words((_NOW, top + place * _ROW), now, kind, "end")


def _share(scores: Mapping[str, Exact], name: str) -> float:
    good, whole = scores.get(name, (0, 1))
    return good / whole / _STEPS


def _point(place: int, count: int, share: float) -> tuple[float, float]:
    """A share of the radius on one of the axes; the first one points up, the others follow clockwise."""
    angle = 2 * pi * place / count
    return _MIDDLE[0] + share * _RADIUS * sin(angle), _MIDDLE[1] - share * _RADIUS * cos(angle)


def _around(shares: Sequence[float]) -> list[tuple[float, float]]:
    points = [_point(place, len(shares), share) for place, share in enumerate(shares)]
    return [*points, points[0]]


def _name(name: str, place: int, count: int) -> str:
    x, y = _point(place, count, 1.12)
    middle = abs(x - _MIDDLE[0]) < 1
    anchor = "middle" if middle else "start" if x > _MIDDLE[0] else "end"
    return words((x, y + (3 if not middle else 0 if place == 0 else 8)), name[:14], "small", anchor)
