"""Late truth about frozen weeks: what came after the freeze, and which figures it changes. The frozen week stays."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import msgspec

from checks.reading import Instant
from console.desk.office import Office
from console.desk.week.frozen import LOOKED_BACK, value_of, weeks_of
from console.desk.week.gather import facts_of
from console.desk.week.late import late, places, reopened
from console.incidents.events import Incident
from console.incidents.states import fold
from console.operating_model.entities import Client
from console.operating_model.references.records import name_of
from console.pages.week import Week
from console.pages.week_sections import Restated
from console.reports.came_late import Came
from console.reports.restated import restated
from console.reports.weekly.compose import FORMULA, weekly
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.handled import broken_since
from console.service_levels.weeks import IsoWeek
from console.store.weeks import FrozenWeek


def restated_figures(office: Office, client: Client, wanted: IsoWeek, now: Instant) -> tuple[Restated, ...]:
    """Figures of frozen weeks before this one that are otherwise than was last told."""
    frozen = weeks_of(office).latest(client.id, LOOKED_BACK, wanted.name)
    told = [one for week in frozen for one in value_of(week).restated]
    found: list[Restated] = []
    for one in frozen:
        value, (again, broken) = value_of(one), _again(office, client, one, now)
        if again is not value:
            found += restated(value, again, told, partial(_came, office, client, one, broken))
    return tuple(found)


def _came(office: Office, client: Client, frozen: FrozenWeek, broken: tuple[Incident, ...]) -> Came:
    """What can have changed the figures of a frozen week."""
    value = value_of(frozen)
    came = [*late(office, client, frozen, value), *(reopened(client, one) for one in broken)]
    windows = {"week": (value.start, value.end), "28d": _week(value).month(ZoneInfo(value.zone))}
    return Came(came, places(client), windows)


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
        "sighted": facts.sighted,
        "after": facts.after,
        "incidents": [[one.opening, one.events] for one in facts.incidents],
        "findings": {
            host: [[one.family.value, one.is_seen, one.finding] for one in mine]
            for host, mine in facts.findings.items()
        },
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


def _again(office: Office, client: Client, frozen: FrozenWeek, now: Instant) -> tuple[Week, tuple[Incident, ...]]:
    """The week made again from what is known now; the frozen value itself where nothing came to the record since.

    With it the incidents that were reopened and broke their promise after the freeze (4.3).
    """
    value, marks = value_of(frozen), _marks(office, client, frozen)
    kept = office.restated.get((client.id, frozen.week))
    if kept is None or kept[0] != marks:
        facts = facts_of(office, client, _week(value), value.now)
        broken = broken_since(facts, now)
        then = _as_then(facts, value, broken)
        same = not broken and inputs_digest(office, then) == frozen.inputs_sha256
        kept = office.restated[client.id, frozen.week] = (marks, value if same else weekly(then), broken)
    return kept[1:]


def _marks(office: Office, client: Client, frozen: FrozenWeek) -> tuple[int, ...]:
    """Where the record ends that speaks of a frozen week; check-ins that come late prove time even where they change
    nothing else.
    """
    agents = [agent.agent for agent in office.ledger.agents.values() if agent.client == client.id]
    proven = (office.ledger.states[agent].evidence_until or 0 for agent in agents)
    return *weeks_of(office).marks(client.id, agents), *(min(until, frozen.frozen_at) for until in proven)


def _as_then(facts: WeekFacts, value: Week, broken: tuple[Incident, ...]) -> WeekFacts:
    """The facts of a frozen week by all that is known now.

    What happened to its incidents later is no part of it, but that one was reopened and broke its promise then (4.3).
    """
    then = tuple(
        fold(one.opening, [event for event in one.events if event.at <= value.now])
        for one in facts.incidents
        if one.opening.detected_at < value.end
    )
    return replace(facts, incidents=then, broken=frozenset(one.number for one in broken))


def _week(value: Week) -> IsoWeek:
    return IsoWeek(datetime.fromtimestamp(value.start, ZoneInfo(value.zone)).date())
