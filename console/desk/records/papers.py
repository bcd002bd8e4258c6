"""Records that people write: kept one at a time, read as they hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from console.desk.office import Asked, Office, Pages, clients, kept
from console.desk.refusal import DeskRefusal
from console.operating_model.problems import ModelErrors
from console.operating_model.records import bodies, read, records
from console.operating_model.references.records import name_of, told
from console.operating_model.schema.facts import HISTORY
from console.operating_model.schema.records import RecordDoc
from console.pages.model import Document
from console.pages.papers import RecordRow, Records
from console.store.papers import Paper, add, papers


def written(office: Office, asked: Asked) -> Records:
    """The records that hold."""
    found = [one for client in clients(office, asked) for one in _papers(office, client)]
    rows = (RecordRow(one.client, one.kind, one.name, one.recorded_at, one.recorded_by, one.body) for one in found)
    return Records(asked.now, tuple(rows))


async def keep(
    office: Office, asked: Asked, fields: Mapping[str, object], before: RecordDoc | None = None
) -> RecordDoc:
    """Keep one record that the desk made of what somebody said. Raises DeskRefusal with everything wrong with it.

    What a later model has against the record as it was `before` keeps nobody from ending or finishing it.
    """
    source = Document("record", json.dumps(dict(fields)))
    try:
        (found,) = records(source)
    except ModelErrors as errors:
        told_of = "; ".join(" ".join(filter(None, (one.where, one.text))) for one in errors.problems)
        raise DeskRefusal(told_of, "say it otherwise") from errors
    known = set(told(before, office.ledger.model)) if before else set()
    problems = [one for one in told(found, office.ledger.model) if one not in known]
    if problems:
        raise DeskRefusal("; ".join(problems), "say it otherwise")
    await _add(office, [_paper(found, bodies(source)[0], asked)])
    office.pulse.beat()
    return found


def records_of(office: Office, client: str) -> Sequence[RecordDoc]:
    """The records of a client that hold; not those that became history and incidents."""
    found = papers(office.ledger.database.reading, client, but=HISTORY)
    return read(one.body for one in found)


def _papers(office: Office, client: str) -> list[Paper]:
    return papers(office.ledger.database.reading, client)


def _paper(record: RecordDoc, body: str, asked: Asked) -> Paper:
    digest = hashlib.sha256(body.encode()).hexdigest()
    return Paper(record.client, record.kind, name_of(record), asked.now, asked.who.login, digest, body)


async def _add(office: Office, found: list[Paper]) -> int:
    return await kept(office.ledger.writer.do(lambda connection: add(connection, found)))


PAGES: Pages = {"records": written}
