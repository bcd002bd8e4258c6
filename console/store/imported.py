"""Makes imported records part of the record: samples become history, incidents their rows, all in one transaction.

An imported agent has no key, so it can never open the door. Its samples are folded like check-ins, in order of time,
but tell incidents nothing: what is long past raises no alarm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
from msgspec import structs
from sqlalchemy import Connection, insert

from checks.reading import CheckIn, CheckName, Gap, Instant, Item, Machine, Reading
from checks.text import clean
from console.incidents.events import Incident
from console.operating_model.schema.samples import Samples
from console.operating_model.schema.scalars import seconds
from console.store import papers, schema, writer
from console.store.enrolment import Agent
from console.store.fold import Folded, Judging, fold_check_in
from console.store.papers import Paper
from console.store.standing import AgentState
from console.store.writer import Batch


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
    return structs.replace(state, received_at=state.taken_at)


def write(connection: Connection, imported: Imported) -> int:
    """Add it all, or nothing; how many records were new."""
    if imported.agents:
        fields = [structs.asdict(agent) for agent in imported.agents.values()]
        connection.execute(insert(schema.agents), fields)
    imported.batch.states = {agent: msgspec.json.encode(state) for agent, state in imported.states.items()}
    writer.write(connection, [imported.batch])
    return papers.add(connection, imported.papers)


def _folded(state: AgentState, check_in: CheckIn, judging: Judging, batch: Batch) -> AgentState:
    folded: Folded = fold_check_in(state, check_in, judging)
    batch.add_changes(folded.changes)
    if folded.silence:
        start, end = folded.silence
        batch.silences.append({"agent": state.agent, "start": start, "end": end})
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
