"""Records in: read, held against the model and against each other, and added all or not at all.

What takes long is done in a thread, on a snapshot; the writer adds it in one transaction, and the present follows.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from console.desk.office import Asked, Office, Verbs, kept, require
from console.desk.records.import_preview import Before, Plan, planned, step_incidents
from console.desk.refusal import DeskRefusal, Kind
from console.operating_model.problems import Problem
from console.operating_model.records import Line, lines
from console.pages.model import Document
from console.pages.papers import Imported
from console.pages.verb import Role

_TRIES = 5
"""How often a file is held against the present, which may go on meanwhile: a mark that fires, an agent that reports."""


async def import_records(office: Office, asked: Asked) -> Imported:
    """Add records, all or none. What is there already is left alone."""
    source = Document(asked.text("source") or "records", asked.text("text"))
    with _nothing_swept():
        found, problems = await asyncio.to_thread(lines, source)
        return await take(office, asked, source.name, found, problems)


async def take(
    office: Office, asked: Asked, name: str, found: Sequence[Line], problems: Sequence[Problem] = ()
) -> Imported:
    """Add these lines of a file, unless something is wrong with one of them or with a line that could not be read."""
    ledger = office.ledger
    for client in sorted({one.record.client for one in found} & ledger.model.clients.keys()):
        require(office, asked, Role.LEAD, client)
    async with office.importing:
        plan = await _planned(office, asked, found)
        told = [
            *((one.line, " ".join(filter(None, (one.where, one.text)))) for one in problems),
            *plan.problems,
            *plan.refused,
        ]
        if told:
            return Imported(0, 0, tuple(f"{name}:{number}: {text}" for number, text in sorted(told)))
        new = await _added(office, plan)
    return Imported(new, len(found) - new, ())


async def _planned(office: Office, asked: Asked, found: Sequence[Line]) -> Plan:
    """What the lines come to, beside the present as it is when they are held against it. Raises DeskRefusal.

    Where incidents never stand still meanwhile, their events are held against them last, while nothing else happens.
    """
    ledger = office.ledger
    for left in reversed(range(_TRIES)):
        before = Before(
            ledger.model, ledger.checks, dict(ledger.agents), dict(ledger.states), ledger.cases.known, office.history,
            asked.now, asked.who.login,
        )  # fmt: skip
        plan = await asyncio.to_thread(planned, before, found)
        if ledger.model is not before.model:
            continue
        if not left and ledger.has_moved(plan.imported):
            step_incidents(before, plan)
        if not ledger.has_moved(plan.imported):
            return plan
    raise DeskRefusal("the model changes all the time", "import again in a while", Kind.CONFLICT)


@contextmanager
def _nothing_swept() -> Iterator[None]:
    """Many lines are millions of objects without one circle; sweeping them for circles would halt the daemon."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def _added(office: Office, plan: Plan) -> int:
    """How many records were new. What could not be written is forgotten again."""
    try:
        return await kept(office.ledger.take_in(plan.imported))
    except DeskRefusal:
        office.ledger.read_back()
        raise


VERBS: Verbs = {"import-records": import_records}
