"""Records that people write, and the gaps that model and records leave."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from console.desk.hosts import living
from console.desk.office import Asked, Office, Pages, clients, kept
from console.desk.refusal import DeskRefusal
from console.desk.underpinned import shortfalls_of
from console.operating_model.entities import Client
from console.operating_model.gaps import gaps
from console.operating_model.gaps.gap import Facts, Gap
from console.operating_model.problems import ModelErrors
from console.operating_model.records import bodies, read, records
from console.operating_model.references.records import name_of, told
from console.operating_model.schema.client import ClientDoc
from console.operating_model.schema.facts import HISTORY
from console.operating_model.schema.records import RecordDoc
from console.pages.model import Document
from console.pages.papers import GapRow, Gaps, RecordRow, Records, ShortfallRow
from console.store.papers import Paper, add, papers


def written(office: Office, asked: Asked) -> Records:
    """The records that hold."""
    found = [one for client in clients(office, asked) for one in _papers(office, client)]
    rows = (RecordRow(one.client, one.kind, one.name, one.recorded_at, one.recorded_by, one.body) for one in found)
    return Records(asked.now, tuple(rows))


async def keep(office: Office, asked: Asked, fields: Mapping[str, object]) -> RecordDoc:
    """Keep one record that the desk made of what somebody said. Raises DeskRefusal with everything wrong with it."""
    source = Document("record", json.dumps(dict(fields)))
    try:
        (found,) = records(source)
    except ModelErrors as errors:
        told_of = "; ".join(" ".join(filter(None, (one.where, one.text))) for one in errors.problems)
        raise DeskRefusal(told_of, "say it otherwise") from errors
    problems = tuple(told(found, office.ledger.model))
    if problems:
        raise DeskRefusal("; ".join(problems), "say it otherwise")
    await _add(office, [_paper(found, bodies(source)[0], asked)])
    office.pulse.beat()
    return found


def records_of(office: Office, client: str) -> Sequence[RecordDoc]:
    """The records of a client that hold; not those that became history and incidents."""
    found = papers(office.ledger.database.reading, client, but=HISTORY)
    return read(one.body for one in found)


def lacking(office: Office, asked: Asked) -> Gaps:
    """Every gap of the clients that were asked for."""
    rows: list[GapRow] = []
    short: list[ShortfallRow] = []
    for id_ in clients(office, asked):
        client = office.ledger.model.clients.get(id_)
        if client is None or client.doc is None:
            continue
        facts = facts_of(office, client, client.doc, asked)
        rows += [_gap_row(office, client, gap) for gap in gaps(facts)]
        short += [
            ShortfallRow(id_, one.service, one.kind, one.contract, one.severity, one.evidence)
            for one in facts.shortfalls
        ]
    return Gaps(asked.now, tuple(rows), tuple(short))


def facts_of(office: Office, client: Client, doc: ClientDoc, asked: Asked) -> Facts:
    """What gaps of a client are found from, as things stand."""
    today = datetime.fromtimestamp(asked.now, UTC).astimezone(client.zone).date()
    heard = [agent.host for agent in living(office, client.id)]
    written = records_of(office, client.id)
    head = office.published.record.head(client.id)
    return Facts(
        client=client,
        doc=doc,
        provider=office.ledger.model.provider.doc,
        today=today,
        revision=office.ledger.model.revisions.get(client.id, 0),
        checks=frozenset(office.ledger.checks),
        records=written,
        shortfalls=shortfalls_of(office, client, doc, today, written),
        heard=frozenset(heard),
        sha256=head.sha256 if head else "",
    )


def _gap_row(office: Office, client: Client, gap: Gap) -> GapRow:
    person = office.ledger.model.person(client.id, gap.owner)
    return GapRow(
        client=client.id,
        number=gap.number,
        component=gap.component,
        about=gap.about,
        evidence=gap.evidence,
        owner=gap.owner,
        owner_name=person.name if person else gap.owner,
        fix=gap.fix,
    )


def _papers(office: Office, client: str) -> list[Paper]:
    return papers(office.ledger.database.reading, client)


def _paper(record: RecordDoc, body: str, asked: Asked) -> Paper:
    digest = hashlib.sha256(body.encode()).hexdigest()
    return Paper(record.client, record.kind, name_of(record), asked.now, asked.who.login, digest, body)


async def _add(office: Office, found: list[Paper]) -> int:
    return await kept(office.ledger.writer.do(lambda connection: add(connection, found)))


PAGES: Pages = {"gaps": lacking, "records": written}
