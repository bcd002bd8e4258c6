"""Eight weeks of a figure as a small line with its target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from console.pages.figures import Figure
from console.pages.week import Week
from console.reports.charts.svg import line, picture, rect, words
from console.reports.printed.document import Drawing, Table

WEEKS = 8
_WIDE, _HIGH, _TOP = 150.0, 24.0, 12.0
_SHOWN = (("K1", "availability"), ("K8", "backup success"), ("K15", "attainment, own"), ("K15", "attainment, resolve"))


def series(kpi: tuple[str, str, str], weeks: Sequence[Week]) -> list[tuple[str, Figure]]:
    """One figure (kpi, name, about) over weeks that know it; the span of a week or its end."""
    found: list[tuple[str, Figure]] = []
    for week in weeks:
        one = next((one for one in week.figures if (one.kpi, one.name, one.about) == kpi and one.span != "28d"), None)
        if one is not None and one.value is not None:
            found.append((week.week, one))
    return found


def trend_chart(week: Week, earlier: Sequence[Week]) -> Iterator[Drawing]:
    """Where at least one week before is given: of every promised service, of backups and of help."""
    weeks = [*earlier, week][-WEEKS:]
    if len(weeks) < 2:
        return
    wanted = [("K1", "availability", one.service) for one in week.services if one.target]
    wanted += [(kpi, name, "") for kpi, name in _SHOWN[1:]]
    for key in wanted:
        points = series(key, weeks)
        if len(points) > 1:
            yield _one(f"{key[1]} {_name(week, key[2])}".strip(), points)


def _name(week: Week, service: str) -> str:
    return next((one.name for one in week.services if one.service == service), service)


def _one(title: str, points: Sequence[tuple[str, Figure]]) -> Drawing:
    values = [Fraction(*one.value) for _, one in points if one.value]
    target = _target(points[-1][1])
    low = min([*values, *([target] if target is not None else [])])
    high = max([*values, *([target] if target is not None else [])])
    spread = float(high - low) or 1.0

    def place(number: int, value: Fraction) -> tuple[float, float]:
        return number / max(1, len(values) - 1) * (_WIDE - 6) + 3, _TOP + float(high - value) / spread * _HIGH

    pieces = [words((0, 8), f"{title}: {points[-1][1].shows}", "small")]
    if target is not None:
        pieces.append(line([place(0, target), place(len(values) - 1, target)], "fair"))
    pieces.append(line([place(number, value) for number, value in enumerate(values)], "left"))
    x, y = place(len(values) - 1, values[-1])
    pieces.append(rect((x - 2, y - 2, 4, 4), "mark"))
    table = Table(("week", title), tuple((name, one.shows) for name, one in points), right=(1,))
    told = f"{title}, {len(points)} weeks"
    return Drawing(told, picture((_WIDE, _TOP + _HIGH + 4), told, pieces), table)


def _target(found: Figure) -> Fraction | None:
    said = found.target.removesuffix("%").strip()
    return Fraction(said) / 100 if found.unit in ("%", "") and said.replace(".", "", 1).isdigit() else None
