"""The bullet bar: what was delivered against what was promised, on a scale that ends at 100 %."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from console.pages.figures import Figure
from console.pages.week import Availability, Week
from console.reports.charts.strips import MOST
from console.reports.charts.svg import line, picture, rect, words
from console.reports.printed.document import Drawing, Table
from console.reports.printed.saying import shown_services

_LEFT, _LONG, _ROW = 80.0, 150.0, 15.0


def share(found: Figure | None) -> Fraction | None:
    """A figure's exact value."""
    return Fraction(*found.value) if found is not None and found.value is not None else None


def target(line_: Availability) -> Fraction | None:
    """The promise of a service, as a share."""
    said = line_.target.removesuffix("%").strip()
    return Fraction(said) / 100 if said.replace(".", "", 1).isdigit() else None


def month(week: Week, service: str) -> Figure | None:
    """K1 of the 28 days."""
    return next(
        (
            one
            for one in week.figures
            if (one.kpi, one.name, one.about, one.span) == ("K1", "availability", service, "28d")
        ),
        None,
    )


def bullet_chart(week: Week) -> Iterator[Drawing]:
    """Of the 28 days, where something was promised and something is known."""
    rows = [(one, share(month(week, one.service)), target(one)) for one in shown_services(week)]
    shown = [(one, got, want) for one, got, want in rows if got is not None and want is not None][:MOST]
    if not shown:
        return
    title = "Delivered against promised, 28 days"
    low = _scale([min(got, want) for _, got, want in shown])
    pieces: list[str] = []
    for place, (one, got, want) in enumerate(shown):
        pieces += _bar(one, (got, want), low, place * _ROW)
    foot = len(shown) * _ROW + 9
    pieces.append(words((_LEFT, foot), f"{float(low) * 100:g} %", "small"))
    pieces.append(words((_LEFT + _LONG, foot), "100 %", "small", "end"))
    table = Table(
        ("service", "delivered", "promised"),
        tuple((one.name, one.month, one.target) for one, _, _ in shown),
        right=(1, 2),
    )
    yield Drawing(title, picture((_LEFT + _LONG + 4, foot + 4), title, pieces), table)


def _scale(values: Sequence[Fraction]) -> Fraction:
    """Where the scale begins: a round share below everything that is shown."""
    least = min(values)
    for begin in (
        Fraction(995, 1000),
        Fraction(99, 100),
        Fraction(98, 100),
        Fraction(95, 100),
        Fraction(9, 10),
        Fraction(1, 2),
    ):
        if begin < least:
            return begin
    return Fraction(0)


def _bar(one: Availability, kept: tuple[Fraction, Fraction], low: Fraction, top: float) -> Iterator[str]:
    got, want = (float((value - low) / (1 - low)) * _LONG for value in kept)
    kind = "down" if kept[0] < kept[1] else "good"
    yield words((0, top + 10), one.name[:16])
    yield rect((_LEFT, top + 1, _LONG, 10), "outside")
    yield rect((_LEFT, top + 3, max(got, 0.6), 6), kind, f"{one.name}: {one.month} of {one.target}")
    yield line(((_LEFT + want, top), (_LEFT + want, top + 12)), "mark")
