"""Where the time to resolve went: waiting, working, client, supplier, off-hours."""

from __future__ import annotations

from collections.abc import Iterator

from console.pages.week import Week
from console.reports.charts.svg import picture, rect, words
from console.reports.printed.document import Drawing, Table
from console.reports.weekly.spent import NAME

_KINDS = ("unknown", "good", "soon", "planned", "outside", "down")


def work_bar(week: Week) -> Iterator[Drawing]:
    """One bar; none where the week does not say it."""
    found = [one for one in week.figures if one.kpi == "K14" and one.name == NAME and one.value]
    values = [one.value[0] / one.value[1] if one.value else 0.0 for one in found]
    whole = sum(values)
    if not whole:
        return
    pieces: list[str] = []
    left = 0.0
    for place, (one, value) in enumerate(zip(found, values, strict=True)):
        kind, width = _KINDS[place % len(_KINDS)], value / whole * 234
        pieces.append(rect((left, 0, max(width - 1, 0), 12), kind, f"{one.about}: {one.shows}"))
        pieces.append(rect((0, 18 + place * 11, 8, 8), kind))
        pieces.append(words((11, 25 + place * 11), f"{one.about}: {one.shows}", "small"))
        left += width
    title = "Where the time to resolve went"
    table = Table(("where", "time"), tuple((one.about, one.shows) for one in found), right=(1,))
    yield Drawing(title, picture((234, 20 + 11 * len(found)), title, pieces), table)
