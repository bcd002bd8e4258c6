"""The page that drafts a model from what is seen: observed, not agreed."""

from __future__ import annotations

from console.desk.live.hosts import living
from console.desk.model.observed import observed
from console.desk.office import Asked, Office, Pages, clients
from console.desk.refusal import DeskRefusal, Kind
from console.operating_model.observed import Head, draft
from console.operating_model.schema.client import BaselineDoc
from console.pages.observing import Draft


def drafted(office: Office, asked: Asked) -> Draft:
    """A model of one client's agents, whether a model of it is published or not. Raises DeskRefusal."""
    seen = clients(office, asked)
    if len(seen) != 1:
        listed = ", ".join(seen) or "no agent has joined yet"
        raise DeskRefusal("which client?", f"name one with --client: {listed}", Kind.NOT_FOUND)
    hosts = [observed(office, agent, asked.now) for agent in living(office, seen[0])]
    return Draft(asked.now, seen[0], len(hosts), draft(_head(office, seen[0]), hosts))


def _head(office: Office, client: str) -> Head:
    model = office.ledger.model
    baseline = model.provider.doc.baseline if model.provider.doc else BaselineDoc()
    unpromised = tuple(id_ for id_, one in baseline.offerings.items() if one.sla and one.sla not in baseline.slas)
    known = model.clients.get(client)
    if known is None:
        return Head(client, unpromised=unpromised)
    sites = tuple((site.id, site.name) for site in known.sites.values())
    return Head(known.id, known.name, known.zone.key, sites, unpromised)


PAGES: Pages = {"observed": drafted}
