"""What is said between an agent and the console, after the doorkeeper has vouched for the agent.

HELLO and WELCOME, then check-ins and acks. Acks leave in the order in which check-ins came, each after its commit.
The door's kind does not matter: what passes is a line and an identity.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from checks.reading import Instant
from checks.wire import (
    Ack,
    Carry,
    Hello,
    Leave,
    Left,
    NotAMessage,
    Refusal,
    Refused,
    Rekey,
    Rekeyed,
    Welcome,
    rekey_proof,
)
from console.intake.admit import Admission
from console.intake.allowance import Allowances, allowances
from console.intake.hostkeys import HostKeys
from console.intake.joining import fingerprint, plain_key, refuse_unproven
from console.intake.line import Line
from console.intake.placing import Placing
from console.store.enrolment import LEFT, KeyTaken
from console.store.ledger import Ledger
from console.store.writer import NotKept

IDLE_SECONDS = 60
WAITING_SECONDS = 60
"""How long an agent lets pass that waits for approval, or for a clock that can be believed."""
MOST_IN_FLIGHT = 64
MOST_PINS = 4
log = logging.getLogger(__name__)


CanDate = Callable[[str, int, int], bool]
"""(agent, seconds by which its clock is ahead of ours, the same as it was last) → whether to date what it sends."""


@dataclass(frozen=True, slots=True)
class Announced:
    """What the console tells every agent of its own doors."""

    keys: HostKeys
    account: str
    """Whom to log in as where OpenSSH stands in front; "" where it does not."""
    can_date: CanDate
    """Whether the clock can be believed beside an agent's."""
    allowances: Allowances = field(default_factory=allowances)
    """How much each agent may still send."""


class Conversation:
    """One agent's connection, from HELLO to its end."""

    def __init__(self, agent: str, line: Line, ledger: Ledger, clock: Callable[[], Instant], said: Announced) -> None:
        self._agent = agent
        self._announced = said
        self._line = line
        self._ledger = ledger
        self._clock = clock
        self._answers: asyncio.Queue[asyncio.Future[Ack | Refusal] | None] = asyncio.Queue(MOST_IN_FLIGHT)

    async def hold(self) -> None:
        """Listen until the agent hangs up, falls silent, is revoked, or says what nobody understands."""
        message = await self._line.receive(IDLE_SECONDS)
        if isinstance(message, Leave):
            await self._leave()
        elif message is not None and self._ledger.agents[self._agent].waits:
            self._line.send(Refusal(Refused.RETRY_LATER, self._waiting(), seconds=WAITING_SECONDS))
        elif isinstance(message, Rekey):
            await self._rekey(message)
        elif isinstance(message, Hello):
            await self._take_check_ins(message)
        elif message is not None:
            raise NotAMessage("a conversation begins with HELLO")

    def _waiting(self) -> str:
        """What an agent is told that nobody has approved yet: by what the two sides can compare it."""
        mine = self._ledger.agents[self._agent]
        return f"{mine.agent} waits until it is approved at the desk; its key is {mine.fingerprint}"

    async def _leave(self) -> None:
        await asyncio.wrap_future(self._ledger.end_agent(self._agent, self._clock(), LEFT))
        self._line.send(Left())

    async def _rekey(self, message: Rekey) -> None:
        key = plain_key(message.public_key)
        refuse_unproven(key, message.proof, rekey_proof(self._agent, key))
        try:
            await asyncio.wrap_future(self._ledger.rekey(self._agent, key, fingerprint(key)))
        except KeyTaken:
            raise NotAMessage("the new key is one that somebody has, or had") from None
        self._line.send(Rekeyed())

    async def _take_check_ins(self, hello: Hello) -> None:
        now = self._clock()
        before = self._ledger.states[self._agent].clock_off
        if not self._announced.can_date(self._agent, hello.clock - now, before):
            told = "the console's clock is not what it was; it takes nothing until that is mended"
            self._line.send(Refusal(Refused.RETRY_LATER, told, seconds=WAITING_SECONDS))
            return
        placing, mine = Placing.of(hello, now), self._announced.allowances[self._agent]
        admission = Admission(self._ledger, self._agent, hello.newest, placing, hello.pins[:MOST_PINS], mine)
        mark, said = self._ledger.mark(self._agent, hello.epoch), self._announced
        self._line.send(Welcome(mark, now, said.keys.pins, said.account))
        answering = asyncio.create_task(self._answer())
        try:
            await self._listen(admission)
        finally:
            await self._answers.put(None)
            await answering

    async def _listen(self, admission: Admission) -> None:
        while (message := await self._line.receive(IDLE_SECONDS)) is not None:
            if not self._ledger.may_speak(self._agent):
                self._line.send(Refusal(Refused.REVOKED, "this agent was revoked"))
                return
            if not isinstance(message, Carry):
                raise NotAMessage("only check-ins follow a HELLO")
            if admission.allowance.refused > MOST_IN_FLIGHT:
                raise NotAMessage("it goes on sending more than one agent may")
            await self._answers.put(asyncio.ensure_future(admission.take(message, self._clock())))

    async def _answer(self) -> None:
        """Send answers in order; after the first failure of the store nothing more is acknowledged."""
        broken = False
        while (answer := await self._answers.get()) is not None:
            try:
                said: Ack | Refusal = await answer
            except NotKept as error:
                log.error("nothing is acknowledged: %s", error)
                broken = True
            if broken:
                said = Refusal(Refused.RETRY_LATER, "the console cannot keep anything just now", seconds=30)
            self._line.send(said)
