"""The week strip: 168 cells a service, hours outside dim, down, degraded, planned and unknown each with its own ink."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from console.pages.week import Availability, Week
from console.reports.charts.svg import picture, rect, words
from console.reports.printed.document import Drawing, Table
from console.reports.printed.saying import service_name, shown_services

_KINDS: Mapping[str, tuple[str, str]] = {
    "█": ("good", "good"), "▒": ("degraded", "degraded"), "■": ("down", "down"), "░": ("planned", "planned work"),
    "·": ("unknown", "not known"),
}  # fmt: skip
MOST = 8
"""So many services, the worst first; the others stand in the table."""
_LEFT, _CELL, _ROW, _TOP = 118.0, 3.4, 15.0, 13.0
_LEGEND = (
    ("good", "good"),
    ("degraded", "degraded"),
    ("down", "down"),
    ("planned", "planned"),
    ("unknown", "not known"),
)


def strip_chart(week: Week) -> Iterator[Drawing]:
    """One drawing of all services; none where no hour is known of any."""
    lines = [one for one in shown_services(week) if one.strip][:MOST]
    if not lines:
        return
    names = day_names(week)
    width = _LEFT + 168 * _CELL + 6 * 2
    pieces = [words((_LEFT + place * (24 * _CELL + 2), 9), name, "small") for place, name in enumerate(names)]
    for place, one in enumerate(lines):
        pieces += _row(one, _TOP + place * _ROW, names)
    bottom = _TOP + len(lines) * _ROW
    pieces += _legend(bottom + 4)
    yield Drawing(
        "Hour by hour", picture((width, bottom + 16), "Hour by hour", pieces), _table(lines, names), wide=True
    )


def day_names(week: Week) -> list[str]:
    """`Mon 9` … of the seven local days."""
    first = datetime.fromtimestamp(week.start, ZoneInfo(week.zone)).date()
    found = [first + timedelta(days=place) for place in range(7)]
    return [f"{one:%a} {one.day}" for one in found]


def hours(one: Availability, sign: str) -> Iterator[tuple[int, int]]:
    """Day and hour of each cell that shows a sign."""
    for day, cells in enumerate(one.strip):
        for hour, cell in enumerate(cells):
            if cell == sign:
                yield day, hour


def _row(one: Availability, top: float, names: list[str]) -> Iterator[str]:
    yield words((0, top + 10), service_name(one)[:24])
    for day, cells in enumerate(one.strip):
        left = _LEFT + day * (24 * _CELL + 2)
        yield rect((left, top, 24 * _CELL, _ROW - 3), "outside")
        for first, last, cell in _runs(cells):
            kind, word = _KINDS.get(cell, ("unknown", "not known"))
            high = _ROW - 3 if cell in "█■▒" else _ROW - 8
            box = (left + first * _CELL, top + (_ROW - 3 - high) / 2, (last - first) * _CELL, high)
            yield rect(box, kind, f"{names[day]} {first:02d}:00 to {last:02d}:00: {word}")


def _runs(cells: str) -> Iterator[tuple[int, int, str]]:
    """Stretches of equal cells that are inside the service hours."""
    first = 0
    for place in range(1, len(cells) + 1):
        if place == len(cells) or cells[place] != cells[first]:
            if cells[first] != " ":
                yield first, place, cells[first]
            first = place


def _legend(top: float) -> Iterator[str]:
    for place, (kind, word) in enumerate(_LEGEND):
        left = _LEFT + place * 90
        yield rect((left, top + 2, 9, 8), kind)
        yield words((left + 13, top + 10), word, "small")


def _table(lines: list[Availability], names: list[str]) -> Table:
    rows = tuple((service_name(one), *(_day(one.strip[day]) for day in range(len(one.strip)))) for one in lines)
    return Table(("service", *names), rows, caption="Hours in which it was down, degraded, planned or not known")


def _day(cells: str) -> str:
    if not cells.strip():
        return "no hours"
    found = [
        f"{first:02d}–{last:02d} {_KINDS[cell][1]}"
        for first, last, cell in _runs(cells)
        if cell in _KINDS and cell != "█"
    ]
    return ", ".join(found) or "good"
