"""Late truth about frozen weeks: what came after the freeze, and which figures it changes. The frozen week stays."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import msgspec

from checks.reading import Instant
from checks.text import clean
from console.desk.office import Office
from console.desk.week.frozen import LOOKED_BACK, value_of, weeks_of
from console.desk.week.gather import facts_of
from console.incidents.states import fold
from console.operating_model.entities import Client
from console.operating_model.mapping import carried
from console.operating_model.records import read
from console.operating_model.references.facts import latest
from console.operating_model.references.records import name_of
from console.operating_model.schema.facts import HISTORY, OutageRecord
from console.operating_model.schema.records import RecordDoc
from console.operating_model.schema.scalars import seconds
from console.pages.week import Week
from console.pages.week_sections import Restated
from console.reports.restated import Late, because, restated
from console.reports.weekly.compose import FORMULA, weekly
from console.reports.weekly.facts import WeekFacts
from console.service_levels.weeks import IsoWeek
from console.store.papers import Paper, papers
from console.store.weeks import FrozenWeek

_UNDATED = ("maintenance", "waiver", "restore-test", "absence")
"""Records that may change a week and are not about one instant."""


def restated_figures(office: Office, client: Client, wanted: IsoWeek) -> tuple[Restated, ...]:
    """Figures of frozen weeks before this one that are otherwise than was last told."""
    frozen = weeks_of(office).latest(client.id, LOOKED_BACK, wanted.name)
    told = [one for week in frozen for one in value_of(week).restated]
    found: list[Restated] = []
    for one in frozen:
        value, again = value_of(one), _again(office, client, one)
        if again is not value:
            late = list(_late(office, client, one, value.end))
            found += restated(value, again, told, partial(because, late=late, places=_places(client)))
    return tuple(found)


def inputs_digest(office: Office, facts: WeekFacts) -> str:
    """The digest of everything that a week is made of: records, history, revision, formulas."""
    told = {
        "formula": FORMULA,
        "model": _model_digest(office, facts),
        "week": [facts.week.name, facts.start, facts.cut],
        "hosts": {host: [one.known, one.outages, one.doubted, one.causes] for host, one in sorted(facts.hosts.items())},
        "since": facts.since,
        "until": facts.until,
        "copies": facts.copies,
        "after": facts.after,
        "incidents": [[one.opening, one.events] for one in facts.incidents],
        "findings": {host: [[one.family.value, one.finding] for one in mine] for host, mine in facts.findings.items()},
        "records": {
            kind: sorted(f"{name_of(one)} {one.model_dump_json()}" for one in mine)
            for kind, mine in facts.papers.items()
        },
        "promised": {name: [[at, str(target)] for at, target in mine] for name, mine in facts.promised.items()},
    }
    return hashlib.sha256(msgspec.json.encode(told, order="deterministic")).hexdigest()


def _model_digest(office: Office, facts: WeekFacts) -> str:
    """Of the revision that the week is judged by."""
    number = facts.revision.rpartition(" ")[2]
    revisions = office.published.revisions(facts.client.id)
    return next((one.sha256 for one in revisions if str(one.number) == number), "")


def _again(office: Office, client: Client, frozen: FrozenWeek) -> Week:
    """The week made again from what is known now; the frozen value itself where nothing came to the record since."""
    agents = [agent.agent for agent in office.ledger.agents.values() if agent.client == client.id]
    marks = weeks_of(office).marks(client.id, agents)
    kept = office.restated.get((client.id, frozen.week))
    if kept is None or kept[0] != marks:
        value = value_of(frozen)
        facts = facts_then(office, client, value)
        same = inputs_digest(office, facts) == frozen.inputs_sha256
        kept = office.restated[client.id, frozen.week] = (marks, value if same else weekly(facts))
    return kept[1]


def facts_then(office: Office, client: Client, value: Week) -> WeekFacts:
    """The facts of a frozen week by all that is known now; what happened to its incidents later is no part of it."""
    facts = facts_of(
        office, client, IsoWeek(datetime.fromtimestamp(value.start, ZoneInfo(value.zone)).date()), value.now
    )
    then = tuple(
        fold(one.opening, [event for event in one.events if event.at <= value.now])
        for one in facts.incidents
        if one.opening.detected_at < value.end
    )
    return replace(facts, incidents=then)


def _late(office: Office, client: Client, frozen: FrozenWeek, end: Instant) -> Iterator[Late]:
    """What came to the record after the freeze and speaks of the week."""
    for one in papers(office.ledger.database.reading, client.id):
        if one.recorded_at > frozen.frozen_at and _speaks_of(one, end):
            yield _late_paper(client, one)
    for agent in sorted(office.ledger.agents.values(), key=lambda agent: agent.host):
        if agent.client == client.id and office.history.came_late(agent.agent, end, frozen.frozen_at):
            touched = _touched(client, {agent.host})
            yield Late("check-ins", f"of {agent.host}", "that arrived after the freeze", frozen.frozen_at, touched)


def _late_paper(client: Client, paper: Paper) -> Late:
    (record,) = read([paper.body])
    words = paper.name.split(" ")
    instants = [word for word in words if len(word) == 10 and word.isdecimal()]
    recorded = f"recorded {_moment(paper.recorded_at, client)} by {clean(paper.recorded_by, 40)}"
    when = ", ".join([*(_moment(int(one), client) for one in instants), recorded])
    kind = "samples" if paper.kind in HISTORY[:2] else paper.kind
    kind = "host outage" if isinstance(record, OutageRecord) and record.host else kind
    at = int(instants[0]) if instants else paper.recorded_at
    return Late(
        kind,
        clean(" ".join(word for word in words if word not in instants), 80),
        when,
        at,
        _touched(client, _named(record)),
    )


def _named(record: RecordDoc) -> set[str]:
    """What a record names: a host, service, external, job or person."""
    found = [getattr(record, field, "") for field in ("host", "service", "external", "job", "person")]
    return {*found, *getattr(record, "services", ()), *getattr(record, "hosts", ())} - {""}


def _touched(client: Client, named: set[str]) -> frozenset[str]:
    """The same with the services that stand on it, and the jobs that save it."""
    on_it = {service for one in named for service in carried(client, one)}
    policies = client.doc.policies.values() if client.doc else ()
    jobs = {id_: job for policy in policies for id_, job in policy.jobs.items()}
    saving = {id_ for id_, job in jobs.items() if job.host in named}
    saved = {service for id_ in named & jobs.keys() for service in jobs[id_].protects}
    return frozenset(named | on_it | saving | saved)


def _places(client: Client) -> frozenset[str]:
    """Every name that a figure may be about and a record may name."""
    policies = client.doc.policies.values() if client.doc else ()
    jobs = (id_ for policy in policies for id_ in policy.jobs)
    return frozenset((*client.hosts, *client.services, *client.externals, *client.people, *jobs))


def _speaks_of(paper: Paper, end: Instant) -> bool:
    """Whether a record speaks of what happened before a week's end."""
    (record,) = read([paper.body])
    at = seconds(record.start) if isinstance(record, OutageRecord) else latest(record)
    return paper.kind in _UNDATED if at is None else at < end


def _moment(at: Instant, client: Client) -> str:
    return datetime.fromtimestamp(at, client.zone).strftime("%a %d %b %H:%M")
