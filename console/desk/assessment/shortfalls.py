"""Promises beside their contracts, computed once a day, revision and restore test: a year of two calendars is dear."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from console.desk.office import Office
from console.operating_model.entities import Client
from console.operating_model.gaps.gap import Shortfall
from console.operating_model.schema.client import ClientDoc
from console.operating_model.schema.records import RecordDoc, RestoreTestRecord
from console.service_levels.underpinning import shortfalls


def shortfalls_of(
    office: Office, client: Client, doc: ClientDoc, today: date, records: Sequence[RecordDoc]
) -> tuple[Shortfall, ...]:
    """Every promise of a client in force that is stricter than what underpins it, as of today."""
    revisions = office.ledger.model.revisions
    tests = tuple(one for one in records if isinstance(one, RestoreTestRecord))
    of = (revisions.get(client.id), revisions.get("provider"), today, tests)
    known = office.shortfalls.get(client.id)
    if known is None or known[0] != of:
        known = office.shortfalls[client.id] = (of, shortfalls(client, doc, today, tests))
    return known[1]
