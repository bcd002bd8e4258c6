"""The golden week of the example client as facts, made from its files alone: no store, no daemon."""

from __future__ import annotations

from functools import cache

from builders import at

from checks.catalogue import BY_NAME
from console.desk.live.outages import causes_over, told_over
from console.operating_model.entities import Client
from console.operating_model.examples import example, written_records
from console.operating_model.load import in_force
from console.operating_model.records import records
from console.operating_model.schema.facts import OutageRecord
from console.operating_model.schema.records import RecordDoc
from console.operating_model.schema.samples import SamplesRecord
from console.reports.weekly.facts import WeekFacts
from console.service_levels.intervals import Interval, clip, normal
from console.service_levels.timeline import HostRecord
from console.service_levels.weeks import IsoWeek

WEEK = IsoWeek.parse("2026-W46")
NOW = at("2026-11-16T09:30")
GRACE = 600


@cache
def brackwater() -> Client:
    """The example client."""
    return in_force(example("brackwater"), BY_NAME).clients["brackwater"]


@cache
def written() -> tuple[RecordDoc, ...]:
    """Every record of the example, as written."""
    files = ("records.jsonl", "week-46.jsonl")
    return tuple(one for file in files for one in records(written_records("brackwater", file)))


@cache
def golden_facts() -> WeekFacts:
    """What the golden week is made of; incidents and findings left out."""
    client, papers = brackwater(), written()
    reach = WEEK.reach(client.zone)
    outages = [one for one in papers if isinstance(one, OutageRecord)]
    told, causes = told_over(outages, reach), causes_over(outages, reach)
    known: dict[str, list[Interval]] = {}
    for one in papers:
        if isinstance(one, SamplesRecord):
            first, latest = one.span
            known.setdefault(one.host, []).append((first, latest + GRACE))
    hosts = {
        name: HostRecord(clip(normal(known.get(name, ())), *reach), *told.get(name, ((), ())), causes.get(name, {}))
        for name in {*known, *told}
    }
    kinds: dict[str, list[RecordDoc]] = {}
    for one in papers:
        kinds.setdefault(one.kind, []).append(one)
    return WeekFacts(
        client=client,
        revision="brackwater revision 7",
        week=WEEK,
        now=NOW,
        hosts=hosts,
        since={host: min(start for start, _ in spans) for host, spans in known.items()},
        incidents=(),
        findings={},
        papers={kind: tuple(found) for kind, found in kinds.items()},
    )
