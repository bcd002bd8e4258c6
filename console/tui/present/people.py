"""People as views: everybody, one person, a hand-out."""

from __future__ import annotations

from collections.abc import Iterable

from checks.reading import Instant
from checks.text import clean
from checks.wording import counted
from console.pages.people import Handout, OrphanRow, People, PersonRow, Who
from console.pages.sheet import Block, Item
from console.tui.view import Cell, Column, Presenters, Row, Target, View


def people(page: People, now: Instant) -> View:  # noqa: ARG001 - every view is made with the instant
    """Everybody, then what hangs on nobody."""
    lost = len(page.orphans)
    columns = (
        Column("person", 18, flex=True),
        Column("house", 8, priority=4),
        Column("owns", 4, right=True),
        Column("answers", 7, right=True),
        Column("does", 4, right=True),
        Column("deputy", 6, right=True, priority=3),
        Column("on call", 7, priority=1),
        Column("open", 4, right=True, priority=2),
        Column("alone on", 20),
    )
    return View(
        title="People › who holds what",
        answer=_lost(lost) if lost else _alone(page.rows),
        tone="breach" if lost else "ok",
        columns=columns,
        rows=(*map(_person, page.rows), *map(_orphan, page.orphans)),
        empty=("People stand here once a model with `people:` is published.",),
    )


def _lost(count: int) -> str:
    return f"{counted(count, 'thing hangs', 'things hang')} on nobody who is here"


def _alone(rows: Iterable[PersonRow]) -> str:
    sole = sum(len(row.alone) for row in rows)
    return (
        f"{counted(sole, 'service hangs', 'services hang')} on one person alone"
        if sole
        else "every service has a second person"
    )


def _person(row: PersonRow) -> Row:
    counts = (row.owns, row.answers, row.does, row.deputises)
    numbers = [Cell(str(count), "" if count else "quiet", count) for count in counts]
    return Row(
        key=row.person,
        cells=(
            Cell(clean(row.name), "" if row.is_here else "breach"),
            Cell(row.org, "quiet"),
            *numbers,
            Cell("now" if row.on_call else "–", "accent" if row.on_call else "quiet"),
            Cell(str(row.incidents), "watch" if row.incidents else "quiet", row.incidents),
            Cell(clean(", ".join(row.alone) or "–"), "watch" if row.alone else "quiet"),
        ),
        opens=Target("who", (("person", row.person),)),
        about=(("person", row.person),),
        detail=tuple(
            clean(line)
            for line in (f"{row.name}{', ' + row.title if row.title else ''}", f"clients    {', '.join(row.clients)}",
                         f"next date  {row.next_date or 'none'}")
        ),
    )  # fmt: skip


def _orphan(one: OrphanRow) -> Row:
    what = f"■ {one.thing} {one.id}"
    cells = (Cell(clean(what), "breach"), *(Cell("") for _ in range(7)), Cell(clean(one.text), "breach"))
    return Row(
        key=f"{one.client} {one.thing} {one.id} {one.part} {one.person}",
        cells=cells,
        opens=_leads(one),
        detail=(clean(f"{one.part} of {one.thing} {one.id} at {one.client}"), clean(one.text)),
    )


def _leads(one: OrphanRow) -> Target | None:
    if one.thing == "incident":
        return Target("incident", (("incident", one.id.removeprefix("#")),))
    return Target("who", (("person", one.person),)) if one.person else None


def who(page: Who, now: Instant) -> View:  # noqa: ARG001 - every view is made with the instant
    """One person: everything that they hold, each line leading further."""
    title = f"People › {clean(page.name)}"
    return View(
        title=title,
        answer=clean(" · ".join(filter(None, (page.title, page.contact)))),
        columns=(Column("", 15), Column("", 60, flex=True)),
        rows=tuple(rows_of(page.blocks)),
        empty=("Nothing in the model names this person.",),
    )


def rows_of(blocks: Iterable[Block]) -> Iterable[Row]:
    """A sheet as rows: the title of a block beside its first line."""
    for block in blocks:
        for place, item in enumerate(block.items or (Item(block.empty, tone="quiet"),)):
            yield Row(
                key=f"{block.title} {place} {item.text}",
                cells=(Cell(clean(block.title) if not place else "", "quiet"), Cell(_said(item), item.tone)),
                opens=Target(item.page, item.arguments) if item.page else None,
                about=item.arguments,
                detail=(clean(block.title), clean(item.text, 600)),
            )


def _said(item: Item) -> str:
    sign = {"breach": "■ ", "watch": "▲ ", "unknown": "○ ", "ok": "● "}.get(item.tone, "")
    return sign + clean(item.text)


def handout(page: Handout, now: Instant) -> View:  # noqa: ARG001 - every view is made with the instant
    """A hand-out as it is printed."""
    return View(
        title=clean(page.title),
        answer="watchbill handout prints it",
        columns=(Column("", 80, flex=True, folds=True),),
        rows=tuple(Row(str(place), (Cell(clean(line, 400)),)) for place, line in enumerate(page.text.splitlines())),
    )


PRESENTERS: Presenters = {"people": people, "who": who, "handout": handout}
