"""Every page and every verb there is: footer, palette, help, command line and API derive from these two lists."""

from __future__ import annotations

from console.pages import (
    blueprint,
    concerning,
    hosts,
    house,
    incidents,
    model,
    observing,
    papers,
    schema,
    services,
    triage,
    week,
    why,
)
from console.pages.verb import Page, Verb

PAGES: tuple[Page, ...] = (
    *triage.PAGES,
    *services.PAGES,
    *hosts.PAGES,
    *incidents.PAGES,
    *concerning.PAGES,
    *why.PAGES,
    *week.PAGES,
    *model.PAGES,
    *papers.PAGES,
    *schema.PAGES,
    *blueprint.PAGES,
    *observing.PAGES,
    *house.PAGES,
)
VERBS: tuple[Verb, ...] = (*incidents.VERBS, *concerning.VERBS, *why.VERBS, *house.VERBS, *model.VERBS, *papers.VERBS)
