"""Load of each person against the band of 60 to 85 % (K18), with an outline of what next week comes to (5.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from checks.wording import counted
from console.reports.charts.svg import line, picture, rect, words
from console.reports.printed.document import Drawing, Table
from console.reports.printed.loads import BAND, Load
from console.service_levels.kpis.share import percent_half_up

_LEFT, _LONG, _ROW = 100.0, 225.0, 16.0
_NOW, _NEXT, _WIDE = 396.0, 486.0, 490.0
"""Where the numbers of this week and of next week end, and the drawing."""
_MOST = Fraction(120, 100)
"""Where the scale ends: what is more fills it, and its number stands beside it."""
_TITLE = "Load of each person; between the lines, 60 to 85 %, it is well. Dashed: next week, "
_USUAL = (
    "if as much is logged as in the median of the last four weeks, over the days that are not booked off; "
    "work that is planned is not in it, as no action has an estimate"
)
_ESTIMATED = (
    "what is left of the estimates of open actions that are due by its end, over the days that are not booked off"
)


def load_bars(found: Sequence[Load]) -> Iterator[Drawing]:
    """One row a person; none where nobody's load is measured."""
    if not found:
        return
    foot = len(found) * _ROW + 2
    title, short = _told(found)
    low, high = map(_at, BAND)
    pieces = [rect((low, 0, high - low, foot), "outside")]
    pieces += [line([(place, 0), (place, foot)], "axis") for place in (low, high)]
    for place, one in enumerate(found):
        pieces += _row(one, place * _ROW)
    pieces += [words((_at(end), foot + 9), percent_half_up(end).replace(".00", ""), "small", "middle") for end in BAND]
    pieces.append(words((_NEXT, foot + 9), short, "small", "end"))
    rows = tuple((one.name, one.shows, _coming(one)) for one in found)
    table = Table(("person", "load", "next week"), rows, right=(1, 2))
    yield Drawing(title, picture((_WIDE, foot + 13), title, pieces), table, wide=True)


def _told(found: Sequence[Load]) -> tuple[str, str]:
    """What the dashed outline is, whole and in a few words."""
    if not any(one.is_estimated for one in found):
        return _TITLE + _USUAL, "dashed: next week as the last 4 went"
    blank = sum(one.unestimated for one in found)
    more = f"; {counted(blank, 'action has', 'actions have')} none" if blank else ""
    return _TITLE + _ESTIMATED + more, "dashed: next week's open estimates"


def _row(one: Load, top: float) -> Iterator[str]:
    share = one.share or Fraction(0)
    kind = "down" if share > 1 else "soon" if share >= BAND[1] else "good"
    yield words((0, top + 11), one.name[:15])
    yield rect((_LEFT, top + 4, _at(share) - _LEFT, 8), kind, f"{one.name}: {one.shows}")
    if one.coming is not None:
        right, above, below = _at(one.coming), top + 2, top + 14
        corners = [(_LEFT, above), (right, above), (right, below), (_LEFT, below), (_LEFT, above)]
        yield line(corners, "fair")
    shown = percent_half_up(share) if one.share is not None else "absent"
    yield words((_NOW, top + 11), shown + one.sign, "word", "end")
    yield words((_NEXT, top + 11), f"next {_coming(one)}", "small", "end")


def _at(share: Fraction) -> float:
    return _LEFT + float(min(share, _MOST) / _MOST) * _LONG


def _coming(one: Load) -> str:
    return percent_half_up(one.coming) if one.coming is not None else "–"
