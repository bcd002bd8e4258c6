"""The plan as views: one for each of its parts, and a site as its visitor reads it."""

from __future__ import annotations

from checks.reading import Instant
from checks.text import clean
from console.pages.plan import Plan
from console.pages.sites import Site
from console.tui.present import plan_computed, plan_summary, plan_written
from console.tui.present.parts import Part
from console.tui.view import Cell, Column, Presenters, Row, View

_PARTS: dict[str, Part] = {**plan_summary.PARTS, **plan_written.PARTS, **plan_computed.PARTS}


def plan(page: Plan, now: Instant) -> View:
    """One part of the plan."""
    part = _PARTS[page.tab]
    rows = getattr(page, page.tab)
    answer, tone = part.answer(rows) if rows else (part.nothing, "")
    return View(
        title=f"Plan › {page.tab}",
        answer=answer,
        tone=tone,
        columns=part.columns,
        rows=tuple(part.row(row, now) for row in rows) if part.together is None else part.together(rows, now),
        above=tuple(Cell(clean(note), "quiet") for note in page.notes),
        empty=part.empty,
    )


def site(page: Site, now: Instant) -> View:  # noqa: ARG001 - every view is made with the instant
    """The sheet that a visitor takes along."""
    return View(
        title=f"{clean(page.client_name)} › {clean(page.name)}",
        answer=clean(page.address),
        columns=(Column("", 78, flex=True, folds=True),),
        rows=tuple(Row(str(place), (Cell(line),)) for place, line in enumerate(sheet(page))),
    )


def sheet(page: Site) -> list[str]:
    """A site as lines of text, each made safe to show."""
    lines = [f"{page.client_name} · {page.name} ({page.client}/{page.site})"]
    lines += [f"{word:<10}{told}" for word, told in (("address", page.address), ("way in", page.access)) if told]
    lines += [f"{'notes':<10}{page.notes}"] if page.notes else []
    for head, told in (("contacts", page.contacts), ("suppliers", page.suppliers), ("due", page.dates)):
        lines += ["", head, *(f"  {one}" for one in told or ("none",))]
    lines += ["", "hosts"]
    for host in page.hosts:
        on = f", a guest of {host.runs_on}" if host.runs_on else ""
        lines.append(f"  {host.host:<14}{host.role or 'no role'}, {host.os or 'system not written'}{on}")
        lines += [f"  {'':<14}carries {', '.join(host.services) or 'no service'}"]
        lines += [f"  {'':<14}{told}" for told in host.dates]
    lines += [] if page.hosts else ["  none"]
    return [clean(line) for line in lines]


PRESENTERS: Presenters = {"plan": plan, "site": site}
