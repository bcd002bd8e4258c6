"""The open incidents, in memory and written through: what changes, time and people do to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec
from msgspec import structs
from sqlalchemy import Connection, func, select

from checks.check import Check
from checks.finding import Impact, Status
from checks.reading import CheckName, Instant
from console.incidents.events import Event, Incident, Kind, Opening
from console.incidents.holding import detected_at
from console.incidents.opening import Turn, event_of, is_back, opening_of
from console.incidents.passing import passed
from console.incidents.review import major_review
from console.incidents.rooting import freed, is_left, merged
from console.incidents.states import fold, step
from console.letters.incident import TOLD
from console.operating_model.entities import Model
from console.operating_model.hits import Hit, Lines
from console.store import schema
from console.store.outbox import notice_row
from console.store.papers import row_of, written
from console.store.standing import AgentState, Change, Held, key_of
from console.store.telling import Told, back_of, flapping_event, is_news, noted, stands, turn_of
from console.store.writer import Batch

CLEAR_AFTER = 600
"""Seconds of good evidence after which an unowned incident ends by itself, where no SLA says otherwise."""
_RESTING = 500
"""How many of the incidents that ended last are looked at for what may come back."""
_WORST_FIRST = (Impact.DOWN, Impact.DEGRADED, Impact.AT_RISK)
_OPENING = msgspec.json.Decoder(Opening)
_EVENT = msgspec.json.Decoder(Event)


@dataclass(slots=True)
class CaseBook:
    """Every open incident, and the number of the last one."""

    open: dict[int, Incident] = field(default_factory=dict)
    last: int = 0
    resting: dict[int, Incident] = field(default_factory=dict)
    """What is resolved and not closed yet: the same fault within an hour opens it again (4.2)."""
    _struck: dict[str, dict[str, Impact]] = field(default_factory=dict, compare=False)
    """By client, what is struck; forgotten whenever an incident changes."""
    _families: dict[int, list[Incident]] = field(default_factory=dict, compare=False)
    """By incident, its open symptoms; made again after an incident changed."""
    _lines: dict[str, Lines] = field(default_factory=dict, compare=False)

    @classmethod
    def read(cls, connection: Connection) -> CaseBook:
        """The open incidents of the record."""
        rows = connection.execute(select(schema.incidents.c.incident).where(schema.incidents.c.ended_at.is_(None)))
        numbers = [row.incident for row in rows]
        last = connection.execute(select(func.max(schema.incidents.c.incident))).scalar() or 0
        ended = schema.incidents.c.ended_at
        newest = select(schema.incidents.c.incident).where(ended.is_not(None)).order_by(ended.desc()).limit(_RESTING)
        over = read_incidents(connection, [row.incident for row in connection.execute(newest)])
        resting = {one.number: one for one in over if one.state == "resolved"}
        return cls({one.number: one for one in read_incidents(connection, numbers)}, last, resting)

    def as_it_stands(self) -> CaseBook:
        """The same incidents, for whoever reads them while this one goes on."""
        return CaseBook(dict(self.open), self.last, dict(self.resting))

    def owner_of(self, client: str, host: str, check: str) -> str:
        """Who owns the open incident about a check of a host; "" where nobody does."""
        incident = self.about(client, host, check)
        return incident.owner if incident else ""

    def about(self, client: str, host: str, check: str) -> Incident | None:
        """The open incident about a check of a host."""
        place = (client, host, check)
        return next((one for one in self.open.values() if _place(one) == place), None)

    def tell(self, state: AgentState, told: Told, batch: Batch) -> AgentState:
        """Tell incidents how a host stands now, and remember what they were told and what was held back."""
        news = {key: one for key, one in state.held.items() if is_news(one, told.now) and one.check in told.checks}
        held = {key: self._told(state, one, told, batch) for key, one in news.items()}
        self._let_go(state, told, batch)
        return structs.replace(state, held={**state.held, **held}) if news else state

    def _told(self, state: AgentState, one: Held, told: Told, batch: Batch) -> Held:
        """One finding, told or held back."""
        status = stands(one, told.now)
        if status is Status.BREACH and one.told is not Status.BREACH:
            back = back_of(state, one, told)
            if back is not None:
                return noted(state, one, back, told, batch)
        one = noted(state, one, None, told, batch)
        if one.told is not status:
            self._turn(turn_of(state, one, told, batch), told.checks[one.check], told, batch)
        flaps = one.flaps(told.now)
        incident = self.about(state.client, state.host, one.check)
        if one.told_flapping is not flaps and incident is not None:
            self.add(incident, flapping_event(one, flaps, incident.opening.detected_at), batch)
        return structs.replace(one, told=status, told_flapping=flaps)

    def hear(self, change: Change, told: Told, batch: Batch) -> None:
        """Tell incidents of one change that stands outside of any check-in: silence and its end."""
        windows = told.windows(change.client, change.host)
        at = detected_at(change.at, windows) if change.status is Status.BREACH else change.at
        turn = Turn(change.client, change.host, change.subject, change.status, at, change.sentence)
        self._turn(turn, told.checks[CheckName(change.check)], told, batch)

    def disprove(self, incident: Incident, at: Instant, text: str, batch: Batch) -> None:
        """Evidence came late that contradicts an incident: an event, never an edit."""
        if not incident.is_disproved:
            self.add(incident, Event(at, "", Kind.DISPROVED, text), batch)

    def clear(self, model: Model, now: Instant, batch: Batch) -> None:
        """End what nobody owns and what has been good for long enough, at the second at which it was."""
        for incident in list(self.open.values()):
            if incident.owner or incident.recovered_at is None:
                continue
            steady = [event.at for event in incident.events[-1:] if event.kind is Kind.STEADY]
            at = max([incident.recovered_at + _clear_after(model, incident), *steady])
            if at <= now:
                self.add(incident, Event(at, "", Kind.CLEARED, "the evidence stayed good"), batch)

    def pass_time(self, model: Model, now: Instant, batch: Batch) -> None:
        """Let marks, late replies, orphaned offers and closings happen, each at the second at which it was due."""
        for incident in [*self.open.values(), *self.resting.values()]:
            for event in passed(model, incident, now):
                incident = self.add(incident, event, batch)  # noqa: PLW2901 - the next event is of what this one left
                review = major_review(model, incident, event)
                batch.papers += [row_of(written(review, event.at))] if review else []

    def children(self, number: int) -> list[Incident]:
        """The open symptoms of an incident."""
        if not self._families:
            self._families = {0: []}
            for incident in self.open.values():
                self._families.setdefault(incident.parent, []).append(incident)
        return self._families.get(number, []) if number else []

    def regroup(self, model: Model, now: Instant, batch: Batch, speaking: Mapping[str, Collection[str]]) -> None:
        """Put symptoms under the incident that explains them, and let go what it does not explain any more.

        `speaking` are the hosts that have an agent, by client.
        """
        by_client: dict[str, list[Incident]] = {}
        for incident in self.open.values():
            by_client.setdefault(incident.opening.client, []).append(incident)
        for name, cases in by_client.items():
            client = model.clients.get(name)
            for incident, event in list(merged(client, cases, speaking.get(name, ()))) if client else ():
                self.add(incident, event, batch)
        for incident in list(freed(self.open, lambda root: _clear_after(model, root), now)):
            self._free(incident, self._over_at(model, incident, now), batch)

    def add(self, before: Incident, event: Event, batch: Batch) -> Incident:
        """One more event of an incident. Raises NotAllowed, and then nothing has changed."""
        incident = step(before, event)
        self._families = {}
        if _stands(before) != _stands(incident):
            self._struck.pop(incident.opening.client, None)
        number = incident.number
        batch.events.append({"incident": number, "at": event.at, "body": msgspec.json.encode(event)})
        if event.kind in TOLD:
            batch.outbox.append(notice_row(number, len(incident.events), incident.opening.client, event.at))
        self._shelve(incident)
        if incident.is_open and not before.is_open:
            batch.ended[number] = None
        elif before.is_open and not incident.is_open:
            batch.ended[number] = incident.resolved_at
            for child in [one for one in self.children(number) if is_left(one)]:
                self._free(child, event.at, batch)
        return incident

    def known(self, number: int) -> Incident | None:
        """An incident that is open, or was resolved not long ago, as it stands with what is not written yet."""
        return self.open.get(number) or self.resting.get(number)

    def take_in(self, incidents: Mapping[int, Incident]) -> None:
        """Make imported incidents the present."""
        self.last = max([self.last, *incidents])
        self._families, self._struck = {}, {}
        for incident in incidents.values():
            self._shelve(incident)

    def _shelve(self, incident: Incident) -> None:
        for shelf, is_here in ((self.open, incident.is_open), (self.resting, incident.state == "resolved")):
            if is_here:
                shelf[incident.number] = incident
            else:
                shelf.pop(incident.number, None)

    def _free(self, child: Incident, at: Instant, batch: Batch) -> None:
        at = max(at, child.opening.detected_at)
        self.add(child, Event(at, "", Kind.FREED, f"#{child.parent} is over, and this is not"), batch)

    def _over_at(self, model: Model, child: Incident, now: Instant) -> Instant:
        """When the root of a child had been good for long enough; `now` where it ended while the child was good."""
        root = self.open.get(child.parent)
        return now if root is None or root.recovered_at is None else root.recovered_at + _clear_after(model, root)

    def hits(self, told: Told, client: str, host: str, impact: Impact) -> tuple[Hit, ...]:
        """The services that a fault of a host hits, by the model in force and with all that is struck beside it."""
        known = told.model.clients.get(client)
        if known is None:
            return ()
        lines = self._lines.get(client)
        if lines is None or lines.client is not known:
            lines = self._lines[client] = Lines(known)
        return lines.hits(host, impact, self._beside(client, told.checks))

    def _beside(self, client: str, checks: Mapping[CheckName, Check]) -> dict[str, Impact]:
        """What of a client is struck now, host by host: down only where somebody confirmed that it is."""
        if client in self._struck:
            return self._struck[client]
        struck: dict[str, Impact] = {}
        for one in self.open.values():
            check = checks.get(CheckName(one.opening.check))
            if one.opening.client == client and one.recovered_at is None and check is not None:
                found = Impact.DOWN if one.outage_from is not None else check.impact
                struck[one.opening.host] = min(found, struck.get(one.opening.host, found), key=_WORST_FIRST.index)
        return self._struck.setdefault(client, struck)

    def _turn(self, turn: Turn, check: Check, told: Told, batch: Batch) -> None:
        incident = self.about(turn.client, turn.host, check.name)
        if incident is not None:
            event = event_of(turn, incident)
            if event is not None:
                at = max(event.at, incident.opening.detected_at)
                self.add(incident, structs.replace(event, at=at), batch)
            return
        if turn.status is not Status.BREACH:
            return
        before = next((one for one in self.resting.values() if is_back(one, turn, check)), None)
        if before is not None:
            text = f"it is back within the hour: {turn.sentence}"
            self.add(before, Event(turn.at, "", Kind.REOPENED, text, turn.subject), batch)
            return
        reached = self.hits(told, turn.client, turn.host, check.impact)
        opening = opening_of(turn, check, told.model, self.last + 1, reached)
        if opening is not None:
            self.report(opening, batch)
            self._strike(opening, check.impact)

    def report(self, opening: Opening, batch: Batch) -> Incident:
        """A new incident, with the next number. What no evidence shows strikes nothing by itself."""
        opening = structs.replace(opening, incident=self.last + 1)
        self.last = opening.incident
        incident = self.open[opening.incident] = fold(opening, ())
        self._families = {}
        row = {"incident": opening.incident, "client": opening.client, "detected_at": opening.detected_at}
        batch.incidents.append({**row, "ended_at": None, "opening": msgspec.json.encode(opening)})
        batch.outbox.append(notice_row(opening.incident, 0, opening.client, opening.detected_at))
        return incident

    def _strike(self, opening: Opening, impact: Impact) -> None:
        if opening.client in self._struck:
            struck = self._struck[opening.client]
            worst = min(impact, struck.get(opening.host, impact), key=_WORST_FIRST.index)
            self._struck[opening.client] = {**struck, opening.host: worst}

    def _let_go(self, state: AgentState, told: Told, batch: Batch) -> None:
        """What is bad about a subject that is not there any more has recovered with it."""
        for incident in [one for one in self.open.values() if _place(one)[:2] == (state.client, state.host)]:
            check = told.checks.get(CheckName(incident.opening.check))
            if check is None or check.console_looks:
                continue
            for subject in incident.bad:
                if key_of(check.name, subject) not in state.held:
                    gone = Turn(state.client, state.host, subject, Status.NOT_DUE, state.taken_at or 0, "is gone")
                    self._turn(gone, check, told, batch)


def read_incidents(connection: Connection, numbers: Iterable[int]) -> Iterator[Incident]:
    """Incidents of the record, folded, in the order of their numbers."""
    wanted = list(numbers)
    events: dict[int, list[Event]] = {number: [] for number in wanted}
    table = schema.events
    for row in connection.execute(select(table).where(table.c.incident.in_(wanted)).order_by(table.c.id)):
        events[row.incident].append(_EVENT.decode(row.body))
    found = select(schema.incidents).where(schema.incidents.c.incident.in_(wanted))
    for row in connection.execute(found.order_by(schema.incidents.c.incident)):
        yield fold(_OPENING.decode(row.opening), events[row.incident])


def _stands(incident: Incident) -> tuple[bool, bool, bool]:
    """All that decides what is struck by it."""
    return incident.is_open, incident.recovered_at is None, incident.outage_from is None


def _place(incident: Incident) -> tuple[str, str, str]:
    return incident.opening.client, incident.opening.host, incident.opening.check


def _clear_after(model: Model, incident: Incident) -> int:
    client = model.clients.get(incident.opening.client)
    service = client.services.get(incident.opening.service) if client else None
    sla = client.slas.get(service.sla) if client and service else None
    return sla.clear_after if sla else CLEAR_AFTER
