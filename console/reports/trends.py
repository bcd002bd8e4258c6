"""Numbers over frozen weeks: rows, arrows, sparklines. Pure; nothing is computed from records."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from console.pages.figures import Exact, Figure
from console.pages.week import Week
from console.pages.weeks import TrendPoint, TrendRow
from console.service_levels.formula import trend
from console.service_levels.formulas import FORMULAS, direction_of

SPARKS = "▁▂▃▄▅▆▇█"
LENGTH = 8
"""Weeks of a sparkline."""


def trend_rows(weeks: Sequence[Week], kpi: str = "", about: str = "") -> tuple[TrendRow, ...]:
    """A row for each number that any of these weeks has, in the order in which they come first."""
    found: dict[tuple[str, str, str, str], dict[str, Figure]] = {}
    for week in weeks:
        for one in week.figures:
            if kpi in ("", one.kpi) and about in ("", one.about):
                found.setdefault(one.key, {})[week.week] = one
    return tuple(_row(weeks, figures) for figures in found.values())


def _row(weeks: Sequence[Week], figures: dict[str, Figure]) -> TrendRow:
    points = [_point(week, figures[week.week], _before(weeks, figures, place)) for place, week in enumerate(weeks)
              if week.week in figures]  # fmt: skip
    one = next(iter(figures.values()))
    values = [fraction(figures[week.week].value) if week.week in figures else None for week in weeks[-LENGTH:]]
    return TrendRow(
        client=weeks[-1].client,
        kpi=one.kpi,
        name=one.name,
        about=one.about,
        span=one.span,
        unit=one.unit,
        points=tuple(points),
        spark=spark(values),
        latest=points[-1].shows,
        arrow=points[-1].arrow,
    )


def _before(weeks: Sequence[Week], figures: dict[str, Figure], place: int) -> list[Fraction]:
    """The values of up to four weeks before one."""
    earlier = (figures.get(week.week) for week in weeks[max(0, place - 4) : place])
    return [value for one in earlier if one is not None and (value := fraction(one.value)) is not None]


def _point(week: Week, figure: Figure, before: list[Fraction]) -> TrendPoint:
    value, arrow = fraction(figure.value), ""
    if value is not None and figure.kpi in FORMULAS:
        arrow = trend(direction_of(figure.kpi, figure.name, figure.unit), figure.unit, value, before)
    return TrendPoint(week.week, figure.shows, figure.value, figure.verdict, figure.target, week.formula, arrow)


def spark(values: Sequence[Fraction | None]) -> str:
    """A sign for each value between the least and the greatest; `·` where there is none."""
    known = [one for one in values if one is not None]
    if not known:
        return "·" * len(values)
    least, span = min(known), max(known) - min(known)
    return "".join("·" if one is None else SPARKS[int((one - least) / span * 7) if span else 3] for one in values)


def fraction(exact: Exact | None) -> Fraction | None:
    """An exact number to calculate with."""
    return None if exact is None or not exact[1] else Fraction(*exact)
