"""What a text would change if it were in force now (row 22c): gaps, findings judged by other limits, hosts that serve
others.

It is made the way publishing makes it: the same load, the same judging, the same gaps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from console.desk.assessment.gaps import written_facts
from console.desk.assessment.practice import deviating
from console.desk.live.actions import problems_told, refuse_house
from console.desk.modelling.publishing import editions_of
from console.desk.modelling.signing import may_see
from console.desk.office import Asked, Office
from console.desk.refusal import DeskRefusal
from console.desk.week.gather import STANDING, standing_facts
from console.operating_model.entities import Client, Model
from console.operating_model.gaps import gaps
from console.operating_model.mapping import serving, standard_for
from console.operating_model.problems import ModelErrors
from console.pages.drafts import Impact, Judged, Moved, Promised
from console.pages.model import Document
from console.reports.weekly.proposed import otherwise
from console.service_levels.underpinning import shortfalls
from console.service_levels.weeks import week_of
from console.store.documents import Edition
from console.store.fold import Judging
from console.store.standing import AgentState


def impact_of(office: Office, asked: Asked, documents: Sequence[Document]) -> Impact:
    """What these documents would change. Raises DeskRefusal where they cannot be published."""
    refuse_house(office, asked, documents)
    editions = editions_of(office, documents)
    try:
        model = office.published.model_with(documents, asked.now)
    except ModelErrors as errors:
        raise DeskRefusal(problems_told(errors), "mend them; `watchbill model check` tells them all") from errors
    touched = {one.model: one for one in editions}
    clients = [
        id_ for id_ in model.clients if ("provider" in touched or id_ in touched) and may_see(office, asked, id_)
    ]
    before = dict(pair for id_ in clients for pair in _gaps(office, asked, office.ledger.model, id_, None))
    after = dict(pair for id_ in clients for pair in _gaps(office, asked, model, id_, touched.get(id_)))
    return Impact(
        gaps_closed=tuple(before[key] for key in sorted(before.keys() - after.keys())),
        gaps_opened=tuple(after[key] for key in sorted(after.keys() - before.keys())),
        judged=tuple(_judged(office, asked, model, clients)),
        moved=tuple(moved for id_ in clients for moved in _moved(office.ledger.model, model, id_)),
        promised=tuple(one for id_ in clients for one in _promised(office, asked, model.clients[id_])),
    )


def _promised(office: Office, asked: Asked, client: Client) -> Iterator[Promised]:
    """Promises that would stand otherwise, as next week would tell it."""
    old = office.ledger.model.clients.get(client.id)
    if old is None or old.services == client.services:
        return
    following = week_of(client, asked.now).back(-1)
    facts = standing_facts(office, old, (following, asked.now), STANDING)
    for one in otherwise(facts, client):
        since = f"{datetime.fromtimestamp(one.since, client.zone):%a %-d %b}"
        yield Promised(client.id, one.service, one.name, since, one.before, one.after)


def _gaps(office: Office, asked: Asked, model: Model, id_: str, edition: Edition | None) -> Iterator[tuple[str, str]]:
    """What tells each gap from others, and the gap in words. A signature is missing, whatever revision it is for."""
    client = model.clients.get(id_)
    if client is None or client.doc is None:
        return
    facts = written_facts(office, client, client.doc, asked)
    short = shortfalls(client, client.doc, facts.today, facts.records)
    facts = replace(facts, provider=model.provider.doc, shortfalls=short, deviating=deviating(office, facts, asked.now))
    if edition is not None and edition in office.published.record.changed([edition]):
        facts = replace(facts, revision=(edition.base or 0) + 1, sha256=office.published.record.would_be(edition))
    for gap in gaps(facts):
        said = f"{gap.number} {gap.about}: {gap.evidence}"
        yield f"{id_} {gap.number} {gap.about}" if gap.number == "G16" else f"{id_} {said}", said


def _judged(office: Office, asked: Asked, model: Model, clients: Sequence[str]) -> Iterator[Judged]:
    """Findings whose evidence still holds and that would be judged otherwise."""
    for state in office.ledger.states.values():
        if state.client in clients:
            yield from _judged_on(office, asked, model, state)


def _judged_on(office: Office, asked: Asked, model: Model, state: AgentState) -> Iterator[Judged]:
    judging = Judging(
        office.ledger.checks,
        lambda check, subject: standard_for(model, state.client, state.host, check, subject),
        asked.now,
    )
    for held in state.held.values():
        if held.seen.check not in office.ledger.checks or held.evidence_until <= asked.now:
            continue
        if judging.verdict(held.seen, asked.now).status is not held.status:
            finding = judging.finding(held.seen, asked.now)
            yield Judged(
                client=state.client,
                host=state.host,
                check=held.seen.check,
                subject=held.seen.subject,
                before=held.status,
                after=finding.status,
                sentence=finding.sentence,
            )


def _moved(old: Model, new: Model, id_: str) -> Iterator[Moved]:
    """Hosts that come, go, or serve others than now."""
    hosts = {**_hosts(old.clients.get(id_)), **_hosts(new.clients.get(id_))}
    for host in hosts:
        before, after = _whose(old, id_, host), _whose(new, id_, host)
        if before != after:
            yield Moved(id_, host, before, after)


def _hosts(client: Client | None) -> dict[str, None]:
    return dict.fromkeys(client.hosts if client else ())


def _whose(model: Model, client: str, host: str) -> str:
    """The services of a host with their owners: `erp (marco), identity (priya)`."""
    if host not in _hosts(model.clients.get(client)):
        return "not in the model"
    return ", ".join(f"{one.id} ({one.owner})" for one in serving(model, client, host)) or "no service"
