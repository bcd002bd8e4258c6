"""Every worked example beside what the product makes of it: of the golden week, or of small data of its own. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

import msgspec
from msgspec import Struct

from checks.wording import percent
from console.operating_model.examples import written
from console.pages.figures import Figure
from console.pages.week import Week
from console.pages.worked import WorkedRow
from console.reports.worked import promises, seconds
from console.reports.worked.timelines import made, timelines

WEEK = "2026-W46"
_ANSWERS: Mapping[str, Callable[[], str]] = {**seconds.ANSWERS, **promises.ANSWERS}
_FIGURE = re.compile(r"\{([^}]*)\}")


class Example(Struct, frozen=True):
    """One line of `worked.jsonl`; `made` names figures of the golden week as {KPI/name/about/span/field}."""

    id: str
    given: str
    paper: str
    made: str = ""


def rows(golden: Week | None) -> Iterator[WorkedRow]:
    """Every W number of 3.4 and every timeline of 4.5; without the golden week what needs it says so."""
    figures = {one.key: one for one in golden.figures} if golden else {}
    for line in written("worked.jsonl").splitlines():
        one = msgspec.json.decode(line, type=Example)
        product = _ANSWERS[one.id]() if not one.made else _told(one.made, figures) if figures else "no golden week here"
        yield WorkedRow(one.id, one.given, one.paper, product, product == one.paper)
    for timeline in timelines():
        product = made(timeline)
        given = f"{timeline.severity.value} at {timeline.detected.replace('T', ' ')}, {len(timeline.events)} events"
        yield WorkedRow(timeline.id, given, timeline.paper, product, product == timeline.paper)


def _told(template: str, figures: Mapping[tuple[str, str, str, str], Figure]) -> str:
    def shown(match: re.Match[str]) -> str:
        kpi, name, about, span, *field = match[1].split("/")
        found = figures.get((kpi, name, about, span))
        return "?" if found is None else _field(found, field[0] if field else "shows")

    return _FIGURE.sub(shown, template)


def _field(figure: Figure, field: str) -> str:
    if field in ("low", "high"):
        bound = figure.low if field == "low" else figure.high
        return "?" if bound is None else percent(Fraction(*bound))
    return str(getattr(figure, field))
