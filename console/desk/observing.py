"""The page that drafts a model from what is seen: observed, not agreed."""

from __future__ import annotations

from console.desk.hosts import living
from console.desk.observed import observed
from console.desk.office import Asked, Office, Pages, clients
from console.desk.refusal import DeskRefusal, Kind
from console.operating_model.observed import Head, draft
from console.pages.observing import Draft


def drafted(office: Office, asked: Asked) -> Draft:
    """A model of one client's agents, whether a model of it is published or not. Raises DeskRefusal."""
    seen = clients(office, asked)
    if len(seen) != 1:
        listed = ", ".join(seen) or "no agent has joined yet"
        raise DeskRefusal("which client?", f"name one with --client: {listed}", Kind.NOT_FOUND)
    hosts = [observed(office, agent, asked.now) for agent in living(office, seen[0])]
    known = office.ledger.model.clients.get(seen[0])
    head = Head(seen[0])
    if known is not None:
        sites = tuple((site.id, site.name) for site in known.sites.values())
        head = Head(known.id, known.name, known.zone.key, sites)
    return Draft(asked.now, seen[0], len(hosts), draft(head, hosts))


PAGES: Pages = {"observed": drafted}
