"""What a week's risks, dates and gaps are found from: a client's documents and records on one local date."""

from __future__ import annotations

from datetime import datetime

from checks.reading import Instant
from console.desk.assessment.shortfalls import shortfalls_of
from console.desk.live.hosts import living
from console.desk.office import Office
from console.desk.records.papers import records_of
from console.operating_model.entities import Client
from console.operating_model.gaps.gap import Facts


def standing_of(office: Office, client: Client, cut: Instant) -> Facts | None:
    """How the client's documents stood on the local date just before an instant."""
    if client.doc is None:
        return None
    model, records = office.ledger.model, records_of(office, client.id)
    today = datetime.fromtimestamp(cut - 1, client.zone).date()
    head = office.published.record.head(client.id)
    return Facts(
        client=client,
        doc=client.doc,
        provider=model.provider.doc,
        today=today,
        revision=model.revisions.get(client.id, 0),
        checks=frozenset(office.ledger.checks),
        records=records,
        shortfalls=shortfalls_of(office, client, client.doc, today, records),
        heard=frozenset(agent.host for agent in living(office, client.id)),
        sha256=head.sha256 if head else "",
    )
