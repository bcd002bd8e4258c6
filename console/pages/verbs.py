"""Every page and every verb there is: footer, palette, help, command line and API derive from these two lists."""

from __future__ import annotations

from console.pages import components, hosts, house, incidents, model, packing, papers, people, services, triage, week
from console.pages.verb import Page, Verb

PAGES: tuple[Page, ...] = (
    *triage.PAGES,
    *services.PAGES,
    *hosts.PAGES,
    *incidents.PAGES,
    *week.PAGES,
    *model.PAGES,
    *papers.PAGES,
    *components.PAGES,
    *people.PAGES,
    *house.PAGES,
)
VERBS: tuple[Verb, ...] = (*incidents.VERBS, *house.VERBS, *model.VERBS, *papers.VERBS, *packing.VERBS)
