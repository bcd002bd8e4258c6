"""Pages made into views: what stands in which column, in which tone, where Enter leads. No Textual, no clock."""

from __future__ import annotations

from typing import Any

from checks.reading import Instant
from console.tui.present import (
    assessing,
    blueprint,
    components,
    concerning,
    drafts,
    findings,
    hosts,
    incidents,
    papers,
    people,
    plan,
    services,
    treating,
    triage,
)
from console.tui.view import Presenters, View

_PRESENTERS: Presenters = {
    **triage.PRESENTERS,
    **services.PRESENTERS,
    **hosts.PRESENTERS,
    **findings.PRESENTERS,
    **incidents.PRESENTERS,
    **concerning.PRESENTERS,
    **papers.PRESENTERS,
    **assessing.PRESENTERS,
    **blueprint.PRESENTERS,
    **components.PRESENTERS,
    **drafts.PRESENTERS,
    **people.PRESENTERS,
    **plan.PRESENTERS,
    **treating.PRESENTERS,
}


def present(name: str, page: Any, now: Instant) -> View:  # noqa: ANN401 - the page's own type, by its name
    """The view of a page, as it looks at `now`."""
    return _PRESENTERS[name](page, now)
