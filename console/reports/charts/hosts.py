"""Stacked bars: hosts by how they stand with updates, open work by its age."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from console.pages.week import Week
from console.reports.charts.svg import picture, rect, words
from console.reports.printed.document import Drawing, Table

_LEFT, _LONG, _ROW = 80.0, 150.0, 15.0
_STANDS = (
    ("good", "good", "within limit"), ("soon", "due_soon", "due in 3 days"), ("down", "late", "late"),
    ("planned", "waived", "waived"), ("unknown", "unseen", "not visible"),
)  # fmt: skip


def ageing_chart(week: Week) -> Iterator[Drawing]:
    """Hosts by how they stand with updates of each severity."""
    if not week.updates:
        return
    title = "Updates: hosts by how late they are"
    rows: list[tuple[str, ...]] = []
    pieces: list[str] = []
    for place, one in enumerate(week.updates):
        name = ", ".join(one.severities)
        counts = [one.good, one.due_soon, one.late, one.waived, one.unseen]
        rows.append((name, *map(str, counts)))
        pieces += _stacked(name, counts, place * _ROW)
    top = len(rows) * _ROW + 2
    pieces += _legend(top)
    table = Table(("severity", *(word for _, _, word in _STANDS)), tuple(rows), right=(1, 2, 3, 4, 5))
    yield Drawing(title, picture((_LEFT + _LONG + 4, top + 22), title, pieces), table)


def _stacked(name: str, counts: Sequence[int], top: float) -> Iterator[str]:
    yield words((0, top + 10), name[:16])
    whole, left = max(1, sum(counts)), _LEFT
    for (kind, _, word), count in zip(_STANDS, counts, strict=True):
        if count:
            width = count / whole * _LONG
            yield rect((left, top + 1, width - 1, 11), kind, f"{name}: {count} {word}")
            yield words((left + width / 2 - 0.5, top + 10), str(count), f"on {kind}-on", "middle")
            left += width


def _legend(top: float) -> Iterator[str]:
    for place, (kind, _, word) in enumerate(_STANDS):
        left, high = (place % 3) * 78.0, top + (place // 3) * 10
        yield rect((left, high + 1, 8, 8), kind)
        yield words((left + 11, high + 8), word, "small")


def histogram(week: Week) -> Iterator[Drawing]:
    """Open work by its age (K21)."""
    found = [one for one in week.figures if one.kpi == "K21" and one.name == "ageing"]
    counts = [one.value[0] // one.value[1] if one.value else 0 for one in found]
    if found:
        yield _bars("Open work by age", [one.about for one in found], counts, [one.shows for one in found])


def _bars(title: str, names: Sequence[str], counts: Sequence[int], shown: Sequence[str]) -> Drawing:
    most = max(1, *counts)
    pieces: list[str] = []
    for place, (name, count) in enumerate(zip(names, counts, strict=True)):
        top = place * _ROW
        pieces.append(words((0, top + 10), name[:16]))
        pieces.append(rect((_LEFT, top + 2, max(0.6, count / most * (_LONG - 20)), 9), "soon" if count else "outside"))
        pieces.append(words((_LEFT + count / most * (_LONG - 20) + 4, top + 10), shown[place], "small"))
    table = Table(("age", "open"), tuple(zip(names, shown, strict=True)), right=(1,))
    return Drawing(title, picture((_LEFT + _LONG + 4, len(names) * _ROW + 2), title, pieces), table)
