"""What a week is made of besides its services: documents and records on one local date, and noise."""

from __future__ import annotations

from datetime import datetime

from checks.reading import Instant
from console.desk.assessment.shortfalls import shortfalls_of
from console.desk.live.hosts import living_then
from console.desk.live.suppressed import quiet_since
from console.desk.office import Office
from console.desk.records.papers import records_of
from console.desk.week.then import model_then
from console.incidents.noise import SAME_WITHIN, NoiseCount, Raised, noise
from console.operating_model.entities import Client
from console.operating_model.gaps.gap import Facts
from console.operating_model.references.later import known_by
from console.operating_model.schema.records import WaiverRecord
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.handled import as_of
from console.store.enrolment import Agent


def standing_of(office: Office, client: Client, cut: Instant) -> Facts | None:
    """How the client's documents stood on the local date just before an instant."""
    if client.doc is None:
        return None
    model, revision = model_then(office, client.id, cut)
    today = datetime.fromtimestamp(cut - 1, client.zone).date()
    records = tuple(known_by(records_of(office, client.id), cut, today))
    return Facts(
        client=client,
        doc=client.doc,
        provider=model.provider.doc,
        today=today,
        revision=revision.number if revision else 0,
        checks=frozenset(office.ledger.checks),
        records=records,
        shortfalls=shortfalls_of(office, client, client.doc, today, records),
        heard=living_then(office, client.id, cut),
        sha256=revision.sha256 if revision else "",
    )


def noise_of(office: Office, facts: WeekFacts, agents: list[Agent]) -> NoiseCount:
    """K17: what became of the findings that were raised in the week."""
    ids = [agent.agent for agent in agents]
    changes = office.history.turns_of_agents(ids, facts.start - SAME_WITHIN, facts.cut)
    waivers = [one for one in facts.papers.get("waiver", ()) if isinstance(one, WaiverRecord) and one.approved_by]

    def is_known(raised: Raised) -> bool:
        names = {raised.host, raised.subject, raised.check}
        about = [one for one in waivers if names.issuperset(one.scope.values())]
        on = datetime.fromtimestamp(raised.at, facts.client.zone).date() if about else None
        return on is not None and any(one.begins <= on < one.ends for one in about)

    then = [as_of(one, facts.cut) for one in facts.incidents if one.opening.detected_at < facts.cut]
    quiet = quiet_since(office, facts.client.id, facts.start - SAME_WITHIN)
    return noise(then, changes, (facts.start, facts.cut), is_known, quiet)
