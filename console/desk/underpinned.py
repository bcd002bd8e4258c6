"""Promises beside their contracts, computed once a day and revision: a year of two calendars is dear."""

from __future__ import annotations

from datetime import date

from console.desk.office import Office
from console.operating_model.entities import Client
from console.operating_model.gaps.gap import Shortfall
from console.operating_model.schema.client import ClientDoc
from console.service_levels.underpinning import shortfalls


def shortfalls_of(office: Office, client: Client, doc: ClientDoc, today: date) -> tuple[Shortfall, ...]:
    """Every promise of a client that is stricter than what underpins it, as of today."""
    revisions = office.ledger.model.revisions
    of = (revisions.get(client.id), revisions.get("provider"), today)
    known = office.underpinned.get(client.id)
    if known is None or known[0] != of:
        known = office.underpinned[client.id] = (of, shortfalls(client, doc, today))
    return known[1]
