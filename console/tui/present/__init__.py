"""Pages made into views: what stands in which column, in which tone, where Enter leads. No Textual, no clock."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from checks.reading import Instant
from console.tui.present import (
    assessing,
    blueprint,
    compliance,
    components,
    concerning,
    drafts,
    findings,
    hosts,
    incidents,
    maintaining,
    outbox,
    papers,
    people,
    plan,
    services,
    shifts,
    suppressed,
    treating,
    triage,
    weeks,
)
from console.tui.view import Presenters, View

_PRESENTERS: Presenters = {
    **triage.PRESENTERS,
    **services.PRESENTERS,
    **suppressed.PRESENTERS,
    **shifts.PRESENTERS,
    **hosts.PRESENTERS,
    **findings.PRESENTERS,
    **incidents.PRESENTERS,
    **concerning.PRESENTERS,
    **outbox.PRESENTERS,
    **papers.PRESENTERS,
    **assessing.PRESENTERS,
    **blueprint.PRESENTERS,
    **compliance.PRESENTERS,
    **components.PRESENTERS,
    **drafts.PRESENTERS,
    **people.PRESENTERS,
    **plan.PRESENTERS,
    **maintaining.PRESENTERS,
    **treating.PRESENTERS,
    **weeks.PRESENTERS,
}


def present(name: str, page: Any, now: Instant) -> View:  # noqa: ANN401 - the page's own type, by its name
    """The view of a page, as it looks at `now`."""
    return _without_one_client(_PRESENTERS[name](page, now))


def _without_one_client(view: View) -> View:
    """A column of clients in which each row says the same falls away: its room is worth more."""
    place = next((place for place, column in enumerate(view.columns) if column.title == "client"), -1)
    if place < 0 or len({row.cells[place].text for row in view.rows}) > 1:
        return view
    columns = view.columns[:place] + view.columns[place + 1 :]
    rows = tuple(replace(row, cells=row.cells[:place] + row.cells[place + 1 :]) for row in view.rows)
    return replace(view, columns=columns, rows=rows)
