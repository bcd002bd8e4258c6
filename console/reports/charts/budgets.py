"""The burn-down of an error budget over 28 days, beside the straight line of a fair pace (K3)."""

from __future__ import annotations

from collections.abc import Iterator

from console.pages.week import Availability, Week
from console.reports.charts.svg import line, picture, rect, words
from console.reports.printed.document import Drawing, Table
from console.reports.printed.saying import at, shown_services
from console.reports.weekly.service_words import exactly

MOST = 3
"""So many beside each other; the others stand in the table."""
_WIDE, _HIGH, _TOP = 150.0, 34.0, 12.0


def budget_chart(week: Week) -> Iterator[Drawing]:
    """A drawing a service that lost of its budget, those in trouble first."""
    burnt = [one for one in shown_services(week) if any(left < one.budget for _, left in one.burn[1:])]
    for one in [one for one in burnt if one.budget > 0][:MOST]:
        yield _one(week, one)


def fair(one: Availability, instant: int) -> float:
    """What would be left at an even pace, in seconds."""
    first, last = one.burn[0][0], one.burn[-1][0]
    return one.budget * (1 - (instant - first) / max(1, last - first))


def _one(week: Week, one: Availability) -> Drawing:
    least = min(0, *(left for _, left in one.burn))
    span = max(1, one.burn[-1][0] - one.burn[0][0])

    def place(instant: int, left: float) -> tuple[float, float]:
        across = (instant - one.burn[0][0]) / span * _WIDE
        return across, _TOP + (one.budget - left) / (one.budget - least) * _HIGH

    ends = [(one.burn[0][0], float(one.budget)), (one.burn[-1][0], 0.0)]
    steps: list[tuple[float, float]] = []
    for before, (instant, left) in zip((one.burn[0], *one.burn), one.burn, strict=False):
        steps += [place(instant, before[1]), place(instant, left)]
    title = f"{one.name}: budget left over 28 days"
    zero = place(one.burn[0][0], 0)[1]
    pieces = [
        words((0, 8), f"{one.name}: {one.budget_left or 'no budget'}", "small"),
        rect((0, _TOP, _WIDE, zero - _TOP), "outside"),
        line([place(instant, left) for instant, left in ends], "fair"),
        line(steps, "lost" if one.burn[-1][1] < 0 else "left"),
        line([(0, zero), (_WIDE, zero)], "axis"),
    ]
    rows = tuple(
        (at(instant, week.zone), _seconds(left), _seconds(round(fair(one, instant)))) for instant, left in one.burn[::7]
    )
    if one.burn[-1] not in one.burn[::7]:
        rows = (*rows, (at(one.burn[-1][0], week.zone), _seconds(one.burn[-1][1]), "0 s"))
    table = Table(("until", "left", "at a fair pace"), rows, right=(1, 2))
    return Drawing(title, picture((_WIDE, _TOP + _HIGH + 3), title, pieces), table)


def _seconds(left: int) -> str:
    return exactly(left) if left >= 0 else f"−{exactly(-left, up=True)}"
