"""What of a check-in is kept: decode or refuse, ignore what is known, place it in time, judge, hand it to the writer.

A check-in is (agent, epoch, number, sha256). History moves on only in (epoch, number) order; the same again costs
nothing; the same number with other content is a clone or a restored snapshot, and is set aside for a person to see.
"""

from __future__ import annotations

import asyncio
import logging
import zlib
from dataclasses import dataclass, field, replace

from msgspec import structs

from checks.reading import CheckIn, Instant
from checks.text import clean
from checks.wire import Ack, Carry, NotAMessage, Refusal, Refused, decode_check_in, opened, unknown_fields
from console.intake.allowance import Allowance
from console.intake.placing import Placing, placed
from console.store.fold import Folded, fold_check_in
from console.store.ledger import Ledger
from console.store.standing import AgentState
from console.store.writer import Batch, NotKept

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Admission:
    """Admits the check-ins of one connection."""

    ledger: Ledger
    agent: str
    newest: int
    """The highest number that the agent has; what comes before it is backlog and raises no alarm."""
    placing: Placing
    pins: tuple[str, ...] = ()
    """The host keys that the agent takes for ours."""
    allowance: Allowance = field(default_factory=Allowance)

    async def take(self, message: Carry, now: Instant) -> Ack | Refusal:
        """Keep one check-in; the answer is ready after the commit. Raises NotKept where the store cannot."""
        try:
            body = opened(message)
            check_in = decode_check_in(body)
        except NotAMessage as error:
            log.warning("%s sent what is not a check-in: %s", self.agent, error)
            return self._too_much(message, is_backlog=False) or Refusal(Refused.BAD_FORMAT, str(error))
        state = self._begun(check_in)
        is_backlog = not message.live and state is not None and state.mark < check_in.seq <= self.newest
        if refusal := self._too_much(message, is_backlog=is_backlog):
            return refusal
        ack = Ack(check_in.epoch, check_in.seq, message.sha256, live=message.live)
        if message.live:
            if state is not None and check_in.seq > state.mark:  # sent again, it would hide what came after it
                self.ledger.show(self._folded(state, check_in, now).state)
            return ack
        if trouble := self.ledger.database.room.trouble():
            raise NotKept(trouble)
        if state is None or check_in.seq <= state.mark:
            return await self._known(check_in, ack, body, now)
        expected = _expected(state.mark, check_in)
        if check_in.seq != expected:
            return Refusal(Refused.RETRY_LATER, f"send number {expected} of this epoch first")
        return await self._keep(state, check_in, body, ack, now)

    def _too_much(self, message: Carry, *, is_backlog: bool) -> Refusal | None:
        """What is said to an agent that sends more than it may."""
        now = asyncio.get_running_loop().time()
        wait = self.allowance.take(len(bytes(message.body)), now, is_backlog=is_backlog)
        return Refusal(Refused.RETRY_LATER, "more than one agent may send; come back later", wait) if wait else None

    def _begun(self, check_in: CheckIn) -> AgentState | None:
        """The state in whose epoch this check-in is; None for an epoch that history has left behind."""
        state = self.ledger.states[self.agent]
        if check_in.epoch == state.epoch:
            return state
        if self.ledger.knows_epoch(self.agent, check_in.epoch):
            return None
        return structs.replace(state, epoch=check_in.epoch, ordinal=state.ordinal + 1, mark=0)

    async def _keep(self, state: AgentState, check_in: CheckIn, body: bytes, ack: Ack, now: Instant) -> Ack:
        if check_in.agent != state.version:
            self._greet(check_in, body)
        if check_in.dropped:
            count, why = sum(one.count for one in check_in.dropped), clean(check_in.dropped[0].reason, 80)
            log.warning("%s will never send %d check-ins before %d: %s", self.agent, count, check_in.seq, why)
        folded = self._folded(state, check_in, now)
        said = {"clock_off": self.placing.ahead, "pins": self.pins}
        grown = structs.replace(folded.state, mark=check_in.seq, received_at=now, **said)
        batch = Batch()
        if state.mark == 0 and not self.ledger.knows_epoch(self.agent, check_in.epoch):
            row = {"agent": self.agent, "epoch": check_in.epoch, "ordinal": state.ordinal, "began_at": now}
            batch.epochs.append(row)
        batch.checkins.append(
            {
                "agent": self.agent,
                "ordinal": state.ordinal,
                "seq": check_in.seq,
                "sha256": bytes.fromhex(ack.sha256),
                "taken_at": grown.taken_at,
                "received_at": now,
                "body": zlib.compress(body, 1),
            }
        )
        is_backlog = check_in.seq < self.newest
        await asyncio.wrap_future(self.ledger.admit(replace(folded, state=grown), batch, now, is_backlog))
        return ack

    def _greet(self, check_in: CheckIn, body: bytes) -> None:
        """A version of the agent that this host had not: what this console cannot read of it is left out, and told."""
        left_out = unknown_fields(body)
        if left_out:
            log.warning("%s speaks %s: %d fields were left out", self.agent, clean(check_in.agent, 40), left_out)

    def _folded(self, state: AgentState | None, check_in: CheckIn, now: Instant) -> Folded:
        stands = state or self.ledger.states[self.agent]
        judging = self.ledger.judging(stands.client, stands.host, now)
        bounds = (min(stands.taken_at or 0, now), now)
        return fold_check_in(stands, placed(check_in, self.placing.shift(check_in), bounds, judging.checks), judging)

    async def _known(self, check_in: CheckIn, ack: Ack, body: bytes, now: Instant) -> Ack | Refusal:
        """A number that history has passed: the same content is acknowledged again, other content is set aside."""
        kept = await asyncio.wrap_future(self.ledger.kept_digest(self.agent, check_in.epoch, check_in.seq))
        is_ours = check_in.epoch == self.ledger.states[self.agent].epoch
        if kept == ack.sha256 or (kept is None and is_ours):
            return ack
        why = "the same number came with other content: a clone, or a restored snapshot"
        row = {"agent": self.agent, "epoch": check_in.epoch, "seq": check_in.seq, "received_at": now, "why": why}
        batch = Batch(quarantine=[{**row, "body": zlib.compress(body, 1)}])
        await asyncio.wrap_future(self.ledger.set_aside(self.agent, why, batch))
        return Refusal(Refused.CONFLICT, why)


def _expected(mark: int, check_in: CheckIn) -> int:
    """The next number of history, past what the agent says that it had to drop."""
    expected = mark + 1
    for gap in sorted(check_in.dropped, key=lambda dropped: dropped.first_seq):
        if gap.first_seq <= expected <= gap.last_seq:
            expected = gap.last_seq + 1
    return expected
