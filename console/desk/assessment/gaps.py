"""What a client's documents lack: the page of gaps, and the facts that they are found from, gathered in one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checks.reading import Instant
from console.desk.aside import aside
from console.desk.assessment.practice import deviating
from console.desk.assessment.shortfalls import shortfalls_of
from console.desk.live.hosts import living
from console.desk.office import Asked, Office, Pages, clients
from console.desk.records.papers import records_of
from console.operating_model.entities import Client
from console.operating_model.gaps import gaps
from console.operating_model.gaps.gap import Facts, Gap
from console.operating_model.schema.client import ClientDoc
from console.pages.papers import GapRow, Gaps, ShortfallRow


def lacking(office: Office, asked: Asked) -> Gaps:
    """Every gap of the clients that were asked for."""
    rows: list[GapRow] = []
    short: list[ShortfallRow] = []
    for id_ in clients(office, asked):
        client = office.ledger.model.clients.get(id_)
        if client is None or client.doc is None:
            continue
        facts = facts_of(office, client, client.doc, asked)
        rows += [_row(office, client, gap) for gap in gaps(facts)]
        short += [
            ShortfallRow(id_, one.service, one.kind, one.contract, one.severity, one.evidence)
            for one in facts.shortfalls
        ]
    return Gaps(asked.now, tuple(rows), tuple(short))


def facts_of(office: Office, client: Client, doc: ClientDoc, asked: Asked) -> Facts:
    """What gaps of a client in force are found from, as things stand."""
    return with_dear(office, written_facts(office, client, doc, asked), asked.now)


def with_dear(office: Office, facts: Facts, now: Instant) -> Facts:
    """The same with what costs most: promises beside their contracts, and what agents see of what waivers excused."""
    short = shortfalls_of(office, facts.client, facts.doc, facts.today, facts.records)
    return replace(facts, shortfalls=short, deviating=deviating(office, facts, now))


def written_facts(office: Office, client: Client, doc: ClientDoc, asked: Asked) -> Facts:
    """What documents and records say, also of a client that is not in force yet."""
    model = office.ledger.model
    head = office.published.record.head(client.id)
    return Facts(
        client=client,
        doc=doc,
        provider=model.provider.doc,
        today=asked.today(client),
        revision=model.revisions.get(client.id, 0),
        checks=frozenset(office.ledger.checks),
        records=records_of(office, client.id),
        heard=frozenset(agent.host for agent in living(office, client.id)),
        seen=frozenset(_seen(office, client.id)),
        sha256=head.sha256 if head else "",
    )


def _seen(office: Office, client: str) -> Iterator[tuple[str, str, str]]:
    """Readings and gaps alike: a probe that is listed and failed is listed."""
    for agent in living(office, client):
        state = office.ledger.shown(agent.agent)
        held = state.held.values() if state else ()
        yield from ((agent.host, str(one.check), one.seen.subject) for one in held)


def _row(office: Office, client: Client, gap: Gap) -> GapRow:
    return GapRow(
        client=client.id,
        number=gap.number,
        component=gap.component,
        about=gap.about,
        evidence=gap.evidence,
        owner=gap.owner,
        owner_name=office.ledger.model.called(client.id, gap.owner),
        fix=gap.fix,
    )


PAGES: Pages = {"gaps": aside(lacking)}
