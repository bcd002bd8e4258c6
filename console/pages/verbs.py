"""Every page and every verb there is: footer, palette, help, command line and API derive from these two lists."""

from __future__ import annotations

from console.pages import amending, drafts, hosts, house, incidents, model, papers, services, starting, triage, week
from console.pages.verb import Page, Verb

PAGES: tuple[Page, ...] = (
    *triage.PAGES,
    *services.PAGES,
    *hosts.PAGES,
    *incidents.PAGES,
    *week.PAGES,
    *model.PAGES,
    *drafts.PAGES,
    *starting.PAGES,
    *papers.PAGES,
    *house.PAGES,
)
VERBS: tuple[Verb, ...] = (
    *incidents.VERBS,
    *house.VERBS,
    *model.VERBS,
    *drafts.VERBS,
    *amending.VERBS,
    *starting.VERBS,
    *papers.VERBS,
)
