"""Every page and every verb there is: footer, palette, help, command line and API derive from these two lists."""

from __future__ import annotations

from console.pages import (
    amending,
    blueprint,
    components,
    concerning,
    deciding,
    drafts,
    hosts,
    house,
    incidents,
    model,
    observing,
    packing,
    papers,
    people,
    plan,
    schema,
    services,
    sites,
    starting,
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
    *drafts.PAGES,
    *starting.PAGES,
    *components.PAGES,
    *people.PAGES,
    *blueprint.PAGES,
    *papers.PAGES,
    *plan.PAGES,
    *sites.PAGES,
    *schema.PAGES,
    *observing.PAGES,
    *house.PAGES,
)
VERBS: tuple[Verb, ...] = (
    *incidents.VERBS,
    *concerning.VERBS,
    *why.VERBS,
    *model.VERBS,
    *drafts.VERBS,
    *papers.VERBS,
    *deciding.VERBS,
    *house.VERBS,
    *packing.VERBS,
    *amending.VERBS,
    *starting.VERBS,
)
