"""The page about assessments: gaps, the 30 checks, signs, promises, and what changed since an earlier time."""

from __future__ import annotations

from collections.abc import Sequence

from console.desk.aside import aside
from console.desk.assessment.assessment_rows import answers_of, changes, gap_row, judged, promise_rows, sign_rows
from console.desk.assessment.earlier import assessed_then, compared_with, seen
from console.desk.assessment.gaps import facts_of
from console.desk.office import Asked, Office, Pages, clients
from console.desk.refusal import DeskRefusal
from console.operating_model.assess import assess
from console.operating_model.assess.assessment import Assessment as Assessed
from console.operating_model.entities import Client
from console.operating_model.gaps import gaps
from console.operating_model.gaps.gap import Facts
from console.operating_model.schema.client import ClientDoc
from console.operating_model.signs import need, signs
from console.pages.assessing import TABS, Assessment, ChangeRow

WHOLE = "all"
"""What is asked for by whoever reads every part at once."""
_LIVED = frozenset({"checks", "signs", "compare"})
"""Parts that need what was seen of the work; the others need documents and records alone."""


def assessment(office: Office, asked: Asked) -> Assessment:
    """The clients that are asked for, as far as the tab shows it. Raises DeskRefusal."""
    tab = asked.text("tab") or TABS[0]
    if tab not in (*TABS, WHOLE):
        raise DeskRefusal(f"there is no part {tab!r}", f"parts are: {', '.join((*TABS, WHOLE))}")
    parts = frozenset(TABS) if tab == WHOLE else frozenset({tab})
    found = []
    for id_ in clients(office, asked):
        client = office.ledger.model.clients.get(id_)
        if client is not None and client.doc is not None:
            found.append(_client(office, asked, client, client.doc, parts))
    fields = Assessment.__struct_fields__[2:]
    return Assessment(asked.now, tab, *(tuple(row for one in found for row in getattr(one, name)) for name in fields))


def _client(office: Office, asked: Asked, client: Client, doc: ClientDoc, parts: frozenset[str]) -> Assessment:
    """One client, with the parts that are asked for."""
    if not parts & _LIVED:
        return _written(office, facts_of(office, client, doc, asked), asked, parts)
    facts, practice = seen(office, asked, client, doc)
    now = assess(facts, practice)
    overall, components, checks = judged(now)
    told = signs(facts, practice) if "signs" in parts else ()
    against, changed = _compared(office, asked, client, now) if "compare" in parts else ((), ())
    written = _written(office, facts, asked, parts)
    return Assessment(
        now=asked.now,
        tab="",
        overall=(overall,),
        components=components,
        gaps=written.gaps,
        checks=checks if "checks" in parts else (),
        needed=((client.id, need(told)),) if told else (),
        signs=sign_rows(client.id, told),
        promises=written.promises,
        against=against,
        changes=tuple(changed),
    )


def _written(office: Office, facts: Facts, asked: Asked, parts: frozenset[str]) -> Assessment:
    found = gaps(facts) if "gaps" in parts else ()
    answers = answers_of(office, facts)
    rows = tuple(gap_row(office, facts, gap, answers) for gap in found)
    promises = promise_rows(facts) if "promises" in parts else ()
    return Assessment(asked.now, "", (), (), rows, (), (), (), promises, (), ())


def _compared(
    office: Office, asked: Asked, client: Client, now: Assessed
) -> tuple[tuple[tuple[str, str], ...], Sequence[ChangeRow]]:
    """What it is compared with, and what is different."""
    then = compared_with(office, asked, client)
    if then is None:
        return ((client.id, "no earlier revision"),), ()
    before = assessed_then(office, asked, client, then)
    return ((client.id, then.words(client)),), changes(before, now)


PAGES: Pages = {"assess": aside(assessment)}
