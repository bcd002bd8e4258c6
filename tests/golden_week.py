"""The golden week of operating-model.md, 3.2, as facts without a daemon: for tests of what is made of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from builders import at

from checks.catalogue import CATALOGUE
from console.incidents.events import Incident
from console.incidents.recorded import event_of, opening_of
from console.incidents.states import fold
from console.operating_model.entities import Client, Model
from console.operating_model.examples import example, written_records
from console.operating_model.gaps.gap import Facts
from console.operating_model.load import load
from console.operating_model.records import records
from console.operating_model.references.records import name_of
from console.operating_model.schema.facts import HISTORY, OutageRecord
from console.operating_model.schema.incidents import IncidentEventRecord, IncidentRecord
from console.operating_model.schema.records import RecordDoc
from console.operating_model.schema.samples import SamplesRecord
from console.operating_model.schema.scalars import seconds
from console.reports.weekly.facts import WeekFacts
from console.service_levels.intervals import Intervals, clip, normal, union
from console.service_levels.timeline import HostRecord
from console.service_levels.underpinning import shortfalls
from console.service_levels.weeks import IsoWeek

WEEK = IsoWeek.parse("2026-W46")
START, END = at("Mon 00:00"), at("2026-11-16T00:00")
FIRST = at("2026-10-19T00:00")
FROZEN = at("2026-11-16T09:30")
_GRACE = 600


@cache
def model() -> Model:
    """The example's model."""
    return load(example("brackwater"), {one.name: one for one in CATALOGUE})


def client() -> Client:
    """Brackwater."""
    return model().clients["brackwater"]


@cache
def written() -> tuple[RecordDoc, ...]:
    """Every record of the example."""
    files = ("records.jsonl", "week-46.jsonl")
    return tuple(one for file in files for one in records(written_records("brackwater", file)))


@cache
def golden(now: int = FROZEN) -> WeekFacts:
    """The facts of the week, as seen at `now`."""
    cut = min(END, now)
    papers: dict[str, tuple[RecordDoc, ...]] = {}
    for one in kept():
        papers[one.kind] = (*papers.get(one.kind, ()), one)
    return WeekFacts(
        client=client(),
        revision="brackwater revision 1",
        week=WEEK,
        now=now,
        hosts={name: _host(name, cut) for name in (*client().hosts, *client().externals, *client().services)},
        since=dict.fromkeys(client().hosts, FIRST),
        incidents=tuple(one for one in incidents() if one.opening.detected_at < cut),
        findings={},
        papers=papers,
        standing=standing(date(2026, 11, 15)),
    )


@cache
def kept() -> tuple[RecordDoc, ...]:
    """The records that hold: of one kind and name, the latest."""
    return tuple({(one.kind, name_of(one)): one for one in written() if one.kind not in HISTORY}.values())


def standing(today: date) -> Facts:
    """What gaps and risks are found from."""
    doc = client().doc
    assert doc is not None
    short = shortfalls(client(), doc, today, kept())
    checks = frozenset(one.name for one in CATALOGUE)
    return Facts(client(), doc, model().provider.doc, today, 1, checks, kept(), short, heard=frozenset(client().hosts))


@cache
def incidents() -> tuple[Incident, ...]:
    """Incidents 101 to 111, folded."""
    openings = [opening_of(one) for one in written() if isinstance(one, IncidentRecord)]
    events = [one for one in written() if isinstance(one, IncidentEventRecord)]
    return tuple(
        fold(
            opening,
            [
                event_of(one, model())
                for one in sorted(events, key=lambda one: one.at)
                if one.number == opening.incident
            ],
        )
        for opening in sorted(openings, key=lambda one: one.detected_at)
    )


def without(facts: WeekFacts, *kinds: str) -> WeekFacts:
    """The same without records of some kinds."""
    return replace(facts, papers={kind: kept for kind, kept in facts.papers.items() if kind not in kinds})


def _host(name: str, cut: int) -> HostRecord:
    """What is known of the 28 days that end with the week."""
    spans = [one.span for one in written() if isinstance(one, SamplesRecord) and one.host == name]
    known = normal((first, last + _GRACE) for first, last in spans)
    causes: dict[str, Intervals] = {}
    for one in written():
        if isinstance(one, OutageRecord) and one.about == name:
            stretch = (seconds(one.start), seconds(one.end) if one.end else END)
            causes[one.cause] = clip(normal([*causes.get(one.cause, ()), stretch]), FIRST, cut)
    return HostRecord(clip(known, FIRST, cut), union(*causes.values()), (), causes)
