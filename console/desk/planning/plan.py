"""The page of the plan: one part of it at a time, for one client or all that may be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from console.desk.aside import aside
from console.desk.office import Asked, Office, Pages
from console.desk.planning import plan_computed, plan_summary, plan_written
from console.desk.planning.place import Place, places
from console.desk.refusal import DeskRefusal, Kind
from console.operating_model.problems import nearest
from console.pages.plan import TABS, Plan

_ROWS: dict[str, Callable[[Place], Iterator[Any]]] = {
    "outcomes": plan_written.outcomes,
    "milestones": plan_written.milestones,
    "actions": plan_written.actions,
    "decisions": plan_written.decisions,
    "waivers": plan_written.waivers,
    "maintenance": plan_written.windows,
    "dates": plan_computed.dates,
    "spend": plan_computed.spend,
    "risks": plan_computed.risks,
    "capabilities": plan_computed.capabilities,
    "stakeholders": plan_written.stakeholders,
    "log": plan_written.log,
}
_ACROSS: dict[str, Callable[[Any], Any]] = {
    "dates": lambda row: (row.day, row.client),
    "risks": lambda row: (-row.score, row.client),
    "actions": lambda row: (row.is_over, row.due),
    "milestones": lambda row: (row.is_over, row.due),
    "waivers": lambda row: (row.is_over, row.expires),
    "maintenance": lambda row: (row.is_over, row.start_at),
    "log": lambda row: -row.decided_at,
}
"""How rows of several clients stand together; the other parts stay client by client."""


def plan(office: Office, asked: Asked) -> Plan:
    """One part of the plan; the summary where none is named. Raises DeskRefusal."""
    tab = asked.text("tab") or TABS[0]
    if tab not in TABS:
        what = f"the plan has no part {tab!r}{nearest(tab, TABS)}"
        raise DeskRefusal(what, f"known are: {', '.join(TABS)}", Kind.NOT_FOUND)
    seen = places(office, asked)
    rows = [row for place in seen for row in _rows(office, asked, tab, place)]
    if tab in _ACROSS:
        rows.sort(key=_ACROSS[tab])
    notes = tuple(plan_computed.NOTES[tab](seen)) if tab in plan_computed.NOTES else ()
    return Plan(now=asked.now, tab=tab, notes=notes, **{tab: tuple(rows)})


def _rows(office: Office, asked: Asked, tab: str, place: Place) -> Iterator[Any]:
    if tab == "summary":
        return plan_summary.summary(office, asked, place)
    return _ROWS[tab](place)


PAGES: Pages = {"plan": aside(plan)}
