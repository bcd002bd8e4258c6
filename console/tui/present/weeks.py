"""The end of a week as views: numbers, charts, what it waits for, the frozen ones, trends, how a number was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from textwrap import wrap
from zoneinfo import ZoneInfo

from checks.reading import Instant
from checks.text import clean
from checks.wording import counted
from console.pages.figures import Figure
from console.pages.week import Availability, Week
from console.pages.week_sections import Restated
from console.pages.weeks import Closing, Doubt, Explanation, Traced, TrendRow, Trends, WeeksPage
from console.tui.present.words import moment
from console.tui.view import Cell, Column, Presenters, Row, Target, View

_LIGHTS = {"ok": ("● ok", "ok"), "watch": ("▲ watch", "watch"), "missed": ("■ missed", "breach")}
_TRENDS = {"better": "ok", "worse": "breach"}
_LEADS = {"to be closed": "week-close"}
_STATES = {"frozen": "ok", "to be closed": "watch"}
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ANSWERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "outage": ("O it was · X it was none", ("outage",)),
    "missed twice": ("a add an action", ("from", "about")),
    "comment": ("n comment", ("about",)),
    "silent": ("e explain", ("host",)),
}
"""The keys that answer what a week waits for, and what their verbs are told by its row."""
_LINE = 62
_TOLD = {"week-explain": 2, "incident": 0}
"""How much of client and week the pages behind those rows take, where that is not the client alone."""
_BULLET = 30
_BARS = " ▁▂▃▄▅▆▇█"
"""From nothing to all of a budget."""


def figures(page: Week, now: Instant) -> View:  # noqa: ARG001 - every view is made with the instant
    """Every number of the week; each opens to how it was made."""
    columns = (
        Column("", 8),
        Column("kpi", 4, priority=2),
        Column("number", 30, flex=True),
        Column("about", 12),
        Column("over", 4),
        Column("shows", 24, right=True),
        Column("promised", 9, right=True, priority=1),
    )
    red = sum(_light(one) == "missed" for one in page.figures)
    return View(
        title=f"{page.client} › numbers of {page.week}",
        answer=f"{len(page.figures)} numbers, {red} missed" if page.figures else "there are no numbers yet",
        tone="breach" if red else "ok",
        columns=columns,
        rows=(*(_figure(page, one) for one in page.figures), *(_restated(page, one) for one in page.restated)),
        empty=("Every number of a client's week stands here; Enter or i shows how one was made.",),
    )


def _figure(page: Week, one: Figure) -> Row:
    told, tone = _LIGHTS.get(_light(one), ("" if one.value else "· not due", "quiet"))
    where = (("client", page.client), ("week", page.week), ("kpi", one.kpi), ("about", one.about))
    inputs = (f"{each.name} = {each.value}" for each in one.inputs)
    said = (f"{one.name} {one.about}: {one.shows}", *filter(None, [one.note]), "", *inputs)
    return Row(
        key="/".join(one.key),
        cells=(
            Cell(told, tone), Cell(one.kpi, "quiet"), Cell(clean(one.name)), Cell(clean(one.about), "accent"),
            Cell(one.span, "quiet"), Cell(clean(one.shows), tone), Cell(one.target, "quiet"),
        ),
        opens=Target("week-explain", where),
        about=where,
        detail=tuple(clean(line, 300) for line in said),
    )  # fmt: skip


def _restated(page: Week, one: Restated) -> Row:
    """A number of an earlier week that is otherwise since."""
    row = _figure(page, one.now)
    cells = (Cell(f"△ {one.week[5:]}", "watch"), *row.cells[1:])
    return replace(row, key=f"{one.week}/{row.key}", cells=cells, detail=(*row.detail, "", clean(one.why, 300)))


def _light(one: Figure) -> str:
    """Its light; of a number that has none, what its verdict comes to."""
    return one.light or {"met": "ok", "unproven": "watch"}.get(one.verdict, one.verdict)


def charts(page: Week, now: Instant) -> View:
    """The week hour by hour, promised beside delivered, and what is left of each budget, drawn in text."""
    first = datetime.fromtimestamp(page.start, ZoneInfo(page.zone)).weekday()
    days = (*_DAYS[first:], *_DAYS[:first])
    lines = [line for one in page.services for line in _charted(one, days)]
    return View(
        title=f"{page.client} › week {page.week}, drawn",
        answer=clean(page.headline) + (" · so far" if page.so_far and now < page.end else ""),
        columns=(Column("", 80, flex=True),),
        rows=tuple(Row(str(place), (Cell(text, tone),)) for place, (text, tone) in enumerate((*_legend(), *lines))),
    )


def _legend() -> Iterator[tuple[str, str]]:
    yield "█ good  ▒ degraded  ■ down  ░ planned  · not known", "quiet"
    yield "an hour a sign, blank outside service hours", "quiet"
    yield "28 d: ━ what was delivered, ┃ what was promised, from 98 to 100 %", "quiet"
    yield "budget: what was left at each day's end", "quiet"
    yield "", ""


def _charted(one: Availability, days: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    told, tone = _LIGHTS.get(one.light, ("○ no promise", "quiet"))
    yield clean(f"{one.name}{f' ({one.hours})' if one.hours else ''}  {told}"), tone
    for day, hours in zip(days, one.strip, strict=False):
        yield f"  {day} {hours}", "breach" if "■" in hours else ""
    if one.target:
        yield f"  28 d {_bullet(one)} {one.month} of {one.target}", tone
    if one.budget and one.burn:
        bars = (_BARS[min(8, -(-max(0, left) * 8 // one.budget))] for _, left in one.burn[-28:])
        yield f"  budget {''.join(bars)} {clean(one.budget_left)}", tone
    elif one.budget:
        yield f"  budget {clean(one.budget_left)}", "unknown"
    if one.forecast:
        yield f"  {clean(one.forecast)}", "watch"
    yield "", ""


def _bullet(one: Availability) -> str:
    """A bar from 98 to 100 % with a mark at the promise."""
    places = [_place(text) for text in (one.month, one.target)]
    bar = ["━" if place < (places[0] or 0) else "─" for place in range(_BULLET)]
    if places[1] is not None:
        bar[min(_BULLET - 1, places[1])] = "┃"
    return "".join(bar)


def _place(text: str) -> int | None:
    number = text.removesuffix("%").strip()
    try:
        share = (Fraction(number) - 98) / 2
    except ValueError:
        return None
    return int(max(Fraction(0), min(Fraction(1), share)) * _BULLET)


def closing(page: Closing, now: Instant) -> View:  # noqa: ARG001 - every view is made with the instant
    """What keeps a week from being frozen, each with the key that answers it; Enter opens what it is about."""
    return View(
        title=f"{page.client} › close {page.week}",
        answer=clean(page.text.removeprefix(f"{page.week} of {page.client} ")),
        tone="watch" if page.rows else "ok",
        columns=(Column("what", 12), Column("it waits for", 40, flex=True), Column("keys", 26, priority=1)),
        rows=tuple(_waiting(page, one) for one in page.rows),
        above=tuple(Cell(f"▲ {clean(note, 300)}", "watch") for note in page.notes),
        empty=("Nothing is missing: F freezes it, for ever." if not page.is_frozen else "It is frozen; x sends it.",),
    )


def _waiting(page: Closing, one: Doubt) -> Row:
    where = (("client", page.client), ("week", page.week))
    keys, names = _ANSWERS.get(one.kind, ("", ()))
    opened = (*where[: _TOLD.get(one.opens, 1)], *one.where)
    return Row(
        f"{one.kind} {one.about}",
        (Cell(one.kind, "watch"), Cell(clean(one.text, 300)), Cell(keys, "accent")),
        opens=Target(one.opens, opened) if one.opens else None,
        about=(*where, *((name, one.about.removeprefix("host/")) for name in names)),
        detail=(clean(one.text, 400), "", f"{keys}, or:", clean(one.answer, 400)),
    )


def weeks(page: WeeksPage, now: Instant) -> View:  # noqa: ARG001 - every view is made with the instant
    """The weeks, the latest first."""
    open_ones = sum(one.state == "to be closed" for one in page.rows)
    return View(
        title="Weeks",
        answer=f"{open_ones} to be closed" if open_ones else "every week that is over is frozen",
        tone="watch" if open_ones else "ok",
        columns=(
            Column("client", 14), Column("week", 9), Column("state", 13), Column("frozen", 16, priority=1),
            Column("by", 10, priority=2), Column("in one line", 30, flex=True),
        ),
        rows=tuple(
            Row(
                f"{one.client} {one.week}",
                (
                    Cell(clean(one.client)), Cell(one.week, "accent"), Cell(one.state, _STATES.get(one.state, "quiet")),
                    Cell(moment(one.frozen_at) if one.frozen_at else "–", "quiet"), Cell(clean(one.frozen_by), "quiet"),
                    Cell(clean(one.headline, 300)),
                ),
                opens=Target(_LEADS.get(one.state, "week"), (("client", one.client), ("week", one.week))),
                about=(("client", one.client), ("week", one.week)),
                detail=(clean(one.headline, 400), *((one.revision, f"sha256 {one.sha256}") if one.sha256 else ())),
            )
            for one in page.rows
        ),
        empty=("A week is closed on the Monday after it: watchbill week close.",),
    )  # fmt: skip


def trends(page: Trends, now: Instant) -> View:  # noqa: ARG001 - every view is made with the instant
    """Numbers over the frozen weeks."""
    over = counted(len(page.weeks), "frozen week", "frozen weeks")
    return View(
        title="Trends",
        answer=f"{counted(len(page.rows), 'number', 'numbers')} over {over}" if page.weeks else "none is frozen yet",
        columns=(
            Column("client", 12), Column("kpi", 4, priority=1), Column("number", 17, flex=True), Column("about", 12),
            Column("8 weeks", 8), Column("trend", 6), Column("latest", 25, right=True),
        ),
        rows=tuple(
            Row(
                f"{one.client} {one.kpi} {one.name} {one.about} {one.span}",
                (
                    Cell(clean(one.client)), Cell(one.kpi, "quiet"), Cell(clean(f"{one.name}, {one.span}")),
                    Cell(clean(one.about), "accent"), Cell(one.spark, "accent"),
                    Cell(one.arrow or "–", _TRENDS.get(one.arrow, "quiet")),
                    Cell(clean(one.latest)),
                ),
                opens=Target("week-explain", _number(one)),
                detail=(
                    clean(", ".join(filter(None, (one.name, one.about, one.span)))),
                    *(f"{each.week}  {each.shows}  {each.verdict}" for each in reversed(one.points)),
                ),
            )
            for one in page.rows
        ),
        empty=("Numbers stand here once weeks are frozen; nothing is computed again from old records.",),
    )  # fmt: skip


def _number(one: TrendRow) -> tuple[tuple[str, str], ...]:
    """The latest number of a row, as the page about how it was made takes it."""
    about = (("about", one.about),) if one.about else ()
    return ("client", one.client), ("week", one.points[-1].week), ("kpi", one.kpi), *about


def explanation(page: Explanation, now: Instant) -> View:  # noqa: ARG001 - every view is made with the instant
    """How numbers were made, in lines that a narrow screen shows whole."""
    lines = [line for one in page.rows for told in _traced(one) for line in _wrapped(told)]
    state = "frozen" if page.is_frozen else "not frozen"
    return View(
        title=f"{page.client} › {page.week} › how it was made",
        answer=f"{page.revision or 'no model'} · formulas {page.formula_version} · {state}",
        columns=(Column("", 12), Column("", 60, flex=True)),
        rows=tuple(
            Row(str(place), (Cell(name, "quiet"), Cell(text, tone))) for place, (name, text, tone) in enumerate(lines)
        ),
        empty=("This week has no such number.",),
    )


def _wrapped(told: tuple[str, str, str]) -> Iterator[tuple[str, str, str]]:
    """The same in lines of 62 cells; what goes on stands further in."""
    name, text, tone = told
    inner = " " * (len(text) - len(text.lstrip()) + 2)
    first, *more = wrap(clean(text, 600), _LINE, subsequent_indent=inner, break_on_hyphens=False) or [""]
    yield name, first, tone
    yield from (("", line, tone) for line in more)


def _traced(one: Traced) -> Iterator[tuple[str, str, str]]:
    figure = one.figure
    about = f" · {figure.about}" if figure.about else ""
    over = {"28d": "28 days", "end": "at its end"}.get(figure.span, figure.span)
    yield figure.kpi, f"{figure.name}{about} · {over}: {figure.shows}", _LIGHTS.get(figure.light, ("", "accent"))[1]
    yield "formula", one.formula, ""
    yield "at edges", one.edges, "quiet"
    for each in one.figure.inputs:
        yield "input", f"{each.name} = {each.value}" + (f"  ({each.source})" if each.source else ""), ""
        yield from (("", f"  {line}", "quiet") for line in each.evidence)
    if one.nothing:
        yield "evidence", one.nothing, "quiet"
    if figure.note:
        yield "note", figure.note, ""
    if one.figure.value is not None:
        yield "exactly", "/".join(str(part) for part in one.figure.value), ""
    yield "verdict", one.verdict_from, ""
    yield "again", one.command, "accent"
    yield "", "", ""


PRESENTERS: Presenters = {
    "week-figures": figures,
    "week-charts": charts,
    "week-close": closing,
    "weeks": weeks,
    "trends": trends,
    "week-explain": explanation,
}
