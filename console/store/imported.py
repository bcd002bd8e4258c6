"""Makes imported records part of the record: samples become history, incidents their rows, all in one transaction.

An imported agent has no key, so it can never open the door. Its samples are folded like check-ins, in order of time,
but tell incidents nothing: what is long past raises no alarm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from msgspec import structs
from sqlalchemy import Connection, insert

from checks.check import Check
from checks.reading import CheckIn, CheckName, Gap, Instant, Item, Machine, Reading
from checks.text import clean
from console.incidents.events import Incident
from console.operating_model.schema.samples import Samples
from console.operating_model.schema.scalars import seconds
from console.store import papers, retention, schema, writer
from console.store.enrolment import Agent
from console.store.fold import Folded, Judging, fold_check_in
from console.store.papers import Paper
from console.store.retention import DAY, HOUR, HOURS_KEPT, Spread, Spreads, merge
from console.store.standing import AgentState, key_of
from console.store.writer import Batch

Spans = dict[tuple[int, Instant], Spreads]


@dataclass(slots=True)
class Imported:
    """Everything that one import adds."""

    papers: list[Paper] = field(default_factory=list)
    agents: dict[str, Agent] = field(default_factory=dict)
    """The hosts that are met for the first time."""
    states: dict[str, AgentState] = field(default_factory=dict)
    """How each of the imported hosts stands afterwards."""
    incidents: dict[int, Incident] = field(default_factory=dict)
    """Every incident that the import adds or moves, as it stands afterwards."""
    spreads: dict[str, Spans] = field(default_factory=dict)
    """By agent, what charts are drawn from: no look of an import is kept whole."""
    batch: Batch = field(default_factory=Batch)


def fold_samples(state: AgentState, stretches: Sequence[Samples], judging: Judging, batch: Batch) -> AgentState:
    """Add stretches, in order of time, to a host's history; each costs two folds, however many looks it stands for.

    Between its first look and its last nothing but time can change a verdict, so its first evidence is made to last.
    """
    for one in stretches:
        first, last = one.span
        if first < last:
            state = _folded(state, _check_in(one, first, last - first), judging, batch)
        state = _folded(state, _check_in(one, last, one.pace), judging, batch)
    held = {key: structs.replace(one, looks=1) for key, one in state.held.items()}  # nobody is alarmed by an import
    return structs.replace(state, received_at=state.taken_at, held=held)


def spreads_of(stretches: Sequence[Samples], checks: Mapping[CheckName, Check], now: Instant) -> Spans:
    """The numbers of stretches by (span, start): days for ever, hours as far back as they are kept."""
    found: Spans = {}
    for one in stretches:
        numbers = [
            (key_of(read.check, clean(read.subject, 200)), read.value)
            for read in one.readings
            if read.value is not None and checks[CheckName(read.check)].is_rolled_up
        ]
        for span, since in ((HOUR, now - HOURS_KEPT), (DAY, 0)):
            for start, count in _counted(one, span, since):
                more = {key: Spread(value, value, value * count, count) for key, value in numbers}
                merge(found.setdefault((span, start), {}), more)
    return found


def _counted(one: Samples, span: int, since: Instant) -> Iterator[tuple[Instant, int]]:
    """The spans that a stretch touches from `since` on, with how many of its looks each holds."""
    first, last = one.span
    for start in range(max(first, since) // span * span, last + 1, span):
        until = min(last, start + span - 1)
        before = -((first - start) // one.pace) if start > first else 0
        count = (until - first) // one.pace - before + 1
        if count > 0:
            yield start, count


def write(connection: Connection, imported: Imported) -> int:
    """Add it all, or nothing; how many records were new."""
    if imported.agents:
        fields = [structs.asdict(agent) for agent in imported.agents.values()]
        connection.execute(insert(schema.agents), fields)
    imported.batch.states = {agent: msgspec.json.encode(state) for agent, state in imported.states.items()}
    writer.write(connection, [imported.batch])
    for agent, spans in imported.spreads.items():
        retention.add(connection, agent, spans)
    return papers.add(connection, imported.papers)


def _folded(state: AgentState, check_in: CheckIn, judging: Judging, batch: Batch) -> AgentState:
    folded: Folded = fold_check_in(state, check_in, judging)
    batch.add_folded(folded)
    return folded.state


def _check_in(one: Samples, at: Instant, pace: int) -> CheckIn:
    """One look of a stretch as an agent would have sent it, every text made safe to show."""
    readings = tuple(
        Reading(
            CheckName(read.check),
            clean(read.subject, 200),
            read.value,
            at,
            at + pace,
            tuple(
                Item(clean(item.name, 200), clean(item.detail, 200), seconds(item.since) if item.since else None)
                for item in read.items
            ),
        )
        for read in one.readings
    )
    gaps = tuple(
        Gap(CheckName(gap.check), clean(gap.subject, 200), gap.why, clean(gap.reason), at, at + pace)
        for gap in one.gaps
    )
    return CheckIn("", 0, at, "", 0.0, pace, "imported", Machine(one.host, ""), readings, gaps)
