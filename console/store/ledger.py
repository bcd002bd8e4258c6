"""How things stand now: agents, hosts, open incidents and the model in force, in memory and written through.

Everything here is a fold of the record and can be read back from it. The loop changes memory first and hands the rows
to the writer; whoever waits for the future knows that it is on the disk. Where the writer fails, memory is read again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field

import msgspec
from msgspec import structs
from sqlalchemy import select

from checks.check import Check
from checks.finding import Impact
from checks.reading import CheckName, Instant
from checks.standard import Standard
from console.operating_model.entities import Model
from console.operating_model.hits import Hit
from console.operating_model.mapping import standard_for
from console.store import enrolment, schema
from console.store.casebook import CaseBook
from console.store.database import Database
from console.store.enrolment import Agent, OpenToken
from console.store.fold import Folded, Judging, fold_standards, fold_time
from console.store.imported import Imported, write
from console.store.planned import PlannedWork
from console.store.quiet import heard, told_late
from console.store.retention import digest_kept, roll_up
from console.store.standing import AgentState, Change
from console.store.telling import Told, is_due
from console.store.writer import Batch, NotKept, Writer

log = logging.getLogger(__name__)
SILENCE = CheckName("checkin")
"""The check whose witness is the console itself."""
_STATE = msgspec.json.Decoder(AgentState)


@dataclass(slots=True)
class Ledger:
    """The present. One per daemon; only the daemon's loop calls it."""

    database: Database
    writer: Writer
    checks: Mapping[CheckName, Check]
    model: Model
    announce: Callable[[], None]
    """Called, from any thread, after something was committed."""
    agents: dict[str, Agent] = field(default_factory=dict)
    tokens: dict[str, OpenToken] = field(default_factory=dict)
    states: dict[str, AgentState] = field(default_factory=dict)
    live: dict[str, AgentState] = field(default_factory=dict)
    """What a host that is still catching up looks like right now; not yet history."""
    cases: CaseBook = field(default_factory=CaseBook)
    trouble: str = ""
    """Why nothing can be kept just now, or ""."""
    planned: PlannedWork = field(init=False)
    _epochs: dict[tuple[str, str], int] = field(default_factory=dict)
    _standards: dict[tuple[str, str, str, str], Standard] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.planned = PlannedWork(self.database.reading)

    def read_back(self) -> None:
        """Read everything from the record again, and let the writer take work that is made from it."""
        self.writer.begin_term()
        with self.database.reading.connect() as connection:
            self.agents = enrolment.all_agents(connection)
            self.tokens = enrolment.all_tokens(connection)
            rows = connection.execute(select(schema.states))
            self.states = {row.agent: _STATE.decode(row.body) for row in rows}
            self._epochs = {(row.agent, row.epoch): row.ordinal for row in connection.execute(select(schema.epochs))}
            self.cases = CaseBook.read(connection)
        self.live.clear()
        for agent in self.agents.values():
            self.states.setdefault(agent.agent, _unheard(agent))

    def end(self, why: str) -> None:
        """Keep nothing more: the store is not what was written."""
        self.writer.over = self.trouble = why
        self.announce()

    def may_speak(self, agent: str) -> bool:
        """Whether this agent's key opens the door."""
        known = self.agents.get(agent)
        return known is not None and known.ended_at is None

    def mark(self, agent: str, epoch: str) -> int:
        """Up to which number of `epoch` history is complete."""
        state = self.states[agent]
        return state.mark if state.epoch == epoch else 0

    def knows_epoch(self, agent: str, epoch: str) -> bool:
        """Whether history has met this spool."""
        return (agent, epoch) in self._epochs

    def judging(self, client: str, host: str, now: Instant) -> Judging:
        """What judging this host takes."""

        def standard_of(check: Check, subject: str) -> Standard:
            key = (client, host, check.name, subject)
            standard = self._standards.get(key)
            if standard is None:
                standard = self._standards[key] = standard_for(self.model, client, host, check, subject)
            return standard

        return Judging(self.checks, standard_of, now, self.model.clients.get(client))

    def hits(self, client: str, host: str, impact: Impact) -> tuple[Hit, ...]:
        """The services that a fault of a host hits, by the model in force and with all that is struck beside it."""
        return self.cases.hits(Told(self.model, self.checks), client, host, impact)

    def told(self, state: AgentState, now: Instant) -> Told:
        """By what incidents are told of a host."""
        standard_of = self.judging(state.client, state.host, now).standard_of
        return Told(self.model, self.checks, now, standard_of, self.planned.over)

    def shown(self, agent: str) -> AgentState:
        """How an agent's host looks now: what it sent live, while history is still catching up."""
        return self.live.get(agent) or self.states[agent]

    def show(self, state: AgentState) -> None:
        """Show this now, without making it history."""
        self.live[state.agent] = state
        self.announce()

    def admit(self, folded: Folded, batch: Batch, now: Instant, is_backlog: bool) -> Future[None]:
        """Make a folded check-in history. Backlog raises no alarm: incidents hear of it when the newest is in."""
        state = folded.state
        for row in batch.epochs:
            self._epochs[row["agent"], row["epoch"]] = row["ordinal"]
        batch.add_folded(folded)
        if is_backlog:
            self._disprove(state, batch, now)
        else:
            self.live.pop(state.agent, None)
            state = self.cases.tell(state, self.told(state, now), batch)
        return self._put(state, batch)

    def turn(self, agent: str, now: Instant) -> Future[None] | None:
        """Let verdicts run out that have; None where nothing turned."""
        state = self.states[agent]
        judging = self.judging(state.client, state.host, now)
        folded = fold_time(state, now, judging)
        if not folded.changes and agent not in self.live and is_due(state, now):
            return self._waited(state, now)
        return self._turned(folded, now)

    def rejudge(self, model: Model, now: Instant) -> list[Future[None]]:
        """Put another model in force and judge what stands by it."""
        self.model = model
        self._standards.clear()
        self.planned.forget()
        folds = [
            fold_standards(state, now, self.judging(state.client, state.host, now)) for state in self.states.values()
        ]
        self.announce()
        return [done for folded in folds if (done := self._turned(folded, now))]

    def silence(self, change: Change) -> Future[None]:
        """Declare an agent silent, or heard again."""
        state = self.states[change.agent]
        return self._put(*heard(self.cases, state, change, self.told(state, change.recorded_at)))

    def silence_told(self, change: Change) -> Future[None] | None:
        """Tell of a silence that was held back, once nothing holds it back any more; None where something does."""
        state = self.states[change.agent]
        late = told_late(self.cases, state, change, self.told(state, change.recorded_at))
        return self._put(*late) if late else None

    def clear(self, now: Instant) -> Future[None] | None:
        """End what was good for long enough and nobody owns, let time pass, group the rest; None where nothing was."""
        batch = Batch()
        self.cases.clear(self.model, now, batch)
        self.cases.pass_time(self.model, now, batch)
        if self.cases.open:
            self.cases.regroup(self.model, now, batch, enrolment.speaking(self.agents.values()))
        return None if batch.is_empty else self.keep(batch)

    def set_aside(self, agent: str, why: str, batch: Batch) -> Future[None]:
        """Keep what contradicts history apart from it, with a note for a person."""
        return self._put(structs.replace(self.states[agent], note=why), batch)

    def kept_digest(self, agent: str, epoch: str, seq: int) -> Future[str | None]:
        """The sha256 under which a number was kept, None where it was not or is pruned; asked behind what waits."""
        ordinal = self._epochs.get((agent, epoch), 0)
        return self.writer.do(lambda connection: digest_kept(connection, agent, ordinal, seq))

    def roll_up(self, now: Instant) -> Future[int]:
        """Let raw check-ins go that are older than retention keeps them; how many went."""
        kept = {name for name, check in self.checks.items() if check.is_rolled_up}
        agents = tuple(self.agents)
        return self.writer.do(lambda connection: roll_up(connection, agents, now, kept.__contains__))

    def invite(self, token: OpenToken) -> Future[None]:
        """Open an invitation."""
        self.tokens[token.token] = token
        return self.writer.do(lambda connection: enrolment.add_token(connection, token))

    def enrol(self, agent: Agent) -> Future[None]:
        """Spend the token and let the agent in. The future fails with TokenRefused for all but the first."""

        def remember() -> None:
            self.states[agent.agent] = _unheard(agent)
            self.agents[agent.agent] = agent
            self.tokens[agent.token] = structs.replace(self.tokens[agent.token], spent_at=agent.joined_at)

        return self._once(self.writer.do(lambda connection: enrolment.join(connection, agent)), remember)

    def has_moved(self, imported: Imported) -> bool:
        """Whether an incident has had an event since the import was worked out."""
        mine = ((one, self.cases.known(number)) for number, one in imported.incidents.items())
        return any(now is not None and now.events != one.events[: len(now.events)] for one, now in mine)

    def take_in(self, imported: Imported) -> Future[int]:
        """Make imported records the present, and write them all or none; how many were new."""
        self.states.update(imported.states)
        self.agents.update(imported.agents)
        self.cases.take_in(imported.incidents)
        done = self.writer.do(lambda connection: write(connection, imported))
        done.add_done_callback(lambda _: self.announce())
        return done

    def rekey(self, agent: str, public_key: str, fingerprint: str) -> Future[None]:
        """Change an agent's key. The future fails with KeyTaken where somebody has it already."""
        done = self.writer.do(lambda connection: enrolment.rekey(connection, agent, public_key, fingerprint))
        return self._changed(done, agent, public_key=public_key, fingerprint=fingerprint)

    def approve(self, agent: str, at: Instant) -> Future[None]:
        """Let an agent that waits deliver from now on."""
        done = self.writer.do(lambda connection: enrolment.approve(connection, agent, at))
        return self._changed(done, agent, approved_at=at)

    def end_agent(self, agent: str, at: Instant, why: str) -> Future[None]:
        """Close the door to an agent at once."""
        self.agents[agent] = structs.replace(self.agents[agent], ended_at=at, ended_why=why)
        return self._announced(self.writer.do(lambda connection: enrolment.end(connection, agent, at, why)))

    def keep(self, batch: Batch) -> Future[None]:
        """Write rows that change nothing that stands here."""
        return self._announced(self.writer.keep(batch))

    def _waited(self, state: AgentState, now: Instant) -> Future[None] | None:
        """Tell what was held back for long enough; None where nothing was."""
        batch = Batch()
        told = self.cases.tell(state, self.told(state, now), batch)
        return None if told == state and batch.is_empty else self._put(told, batch)

    def _turned(self, folded: Folded, now: Instant) -> Future[None] | None:
        if not folded.changes:
            return None
        batch, state = Batch(), folded.state
        batch.add_changes(folded.changes)
        if not self.agents[state.agent].is_imported:
            state = self.cases.tell(state, self.told(state, now), batch)
        return self._put(state, batch)

    def _disprove(self, state: AgentState, batch: Batch, now: Instant) -> None:
        """Evidence from within a declared silence says that the host was there."""
        incident = self.cases.about(state.client, state.host, SILENCE)
        if incident and state.taken_at and state.taken_at >= incident.opening.detected_at:
            self.cases.disprove(incident, now, "a check-in from within the silence came late: it was running", batch)

    def _put(self, state: AgentState, batch: Batch) -> Future[None]:
        self.states[state.agent] = state
        batch.states[state.agent] = msgspec.json.encode(state)
        return self._announced(self.writer.keep(batch))

    def _changed(self, done: Future[None], agent: str, **fields: str | Instant) -> Future[None]:
        """Change these fields of an enrolment, once that is written."""

        def remember() -> None:
            self.agents[agent] = structs.replace(self.agents[agent], **fields)

        return self._once(done, remember)

    def _once(self, done: Future[None], remember: Callable[[], None]) -> Future[None]:
        """Remember what was written, once it is."""
        done.add_done_callback(lambda done: remember() if done.exception() is None else None)
        return self._announced(done)

    def _announced(self, done: Future[None]) -> Future[None]:
        done.add_done_callback(self._committed)
        return done

    def _committed(self, done: Future[None]) -> None:
        error = done.exception()
        self.trouble = str(error) if isinstance(error, NotKept) else ""
        self.announce()


def _unheard(agent: Agent) -> AgentState:
    return AgentState(agent=agent.agent, client=agent.client, site=agent.site, host=agent.host)
