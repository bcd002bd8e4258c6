"""Pages made into views: what stands in which column, in which tone, where Enter leads. No Textual, no clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from checks.reading import Instant
from console.tui.present import findings, hosts, incidents, papers, services, triage
from console.tui.view import View

_PRESENTERS: Mapping[str, Callable[[Any, Instant], View]] = {
    "triage": triage.triage,
    "services": services.services,
    "hosts": hosts.hosts,
    "host": findings.host,
    "findings": findings.findings,
    "incidents": incidents.incidents,
    "incident": incidents.incident,
    "week": papers.week,
    "model": papers.model,
}


def present(name: str, page: Any, now: Instant) -> View:  # noqa: ANN401 - the page's own type, by its name
    """The view of a page, as it looks at `now`."""
    return _PRESENTERS[name](page, now)
