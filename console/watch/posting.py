"""Letters: written when something happened, sent when they are due, tried again with full-jitter back-off.

What is to be told is read from the store, so nothing is missed while the machine slept; carrying happens in a thread of
its own, so a server that hangs keeps nobody else waiting.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import Protocol, TypeVar

from msgspec import structs

from checks.reading import Instant
from console.letters import digest, flood, incident
from console.letters.letter import Accounts, Fate, Letter, Outcome, Posting, Way
from console.letters.reach import Desk
from console.operating_model.entities import Model
from console.store import outbox
from console.store.history import History
from console.store.ledger import Ledger
from console.store.outbox import CannotRead, Waiting
from console.store.writer import NotKept

EVERY_SECONDS = 2
DIGEST_SECONDS = 60
MOST_NOTICES, MOST_DUE, MOST_AT_ONCE = 200, 500, 20
MOST_TRIES = 30
FIRST_WAIT, LONGEST_WAIT, LEAST_WAIT = 15, 3600, 5
NO_ACCOUNT_WAIT = 60
log = logging.getLogger(__name__)
T = TypeVar("T")


class Carries(Protocol):
    """What carries letters."""

    def accounts(self) -> Accounts:
        """Which accounts there are."""
        ...

    def carry(self, letter: Letter, key: str, to: tuple[str, str], written_at: Instant) -> Outcome:
        """Carry one letter to (name, mail address)."""
        ...


Jitter = Callable[[int], int]
"""Seconds to wait, at random, out of at most so many."""
_ASKS = frozenset({"opening", "mark", "offer", "orphan", "escalation", "back"})
"""What letters about an incident ask somebody to do something."""
_OVER = "its incident ended before it was told"
_NO_OFFER = "the offer was taken back, or accepted, before it was told"


class Post:
    """Writes letters and has them carried. One per daemon, on its loop."""

    def __init__(self, ledger: Ledger, carrier: Carries, clock: Callable[[], Instant], jitter: Jitter) -> None:
        self._ledger = ledger
        self._carrier = carrier
        self._clock = clock
        self._jitter = jitter
        self._reading = ledger.database.reading
        self._history = History(self._reading)
        self._digest_at = 0
        self._turns = {way: asyncio.Lock() for way in Way}
        self._writing = asyncio.Lock()

    async def stand(self) -> None:
        """Go round until cancelled; each way by itself, so that a mail server that hangs holds back no program."""
        await asyncio.gather(self._again(self.write), *(self._again(self.send, way) for way in Way))

    async def go_round(self) -> None:
        """Once: write what is to be told, and send what is due."""
        await self.write()
        for way in Way:
            await self.send(way)

    async def _again(self, step: Callable[..., Awaitable[None]], *given: Way) -> None:
        """Do one step over and over; where the store cannot be used, the next time tries again."""
        while True:
            try:
                await step(*given)
            except (NotKept, CannotRead) as error:
                log.warning("letters wait: %s", error)
            await asyncio.sleep(EVERY_SECONDS)

    async def write(self) -> None:
        """Make letters of what happened, and the digests whose hour has come."""
        async with self._writing:
            await self._write_notices()
            await self._write_digests()

    async def _write_notices(self) -> None:
        """Make letters of notices, each notice once."""
        found = outbox.notices(self._reading, MOST_NOTICES)
        if not found:
            return
        now = self._clock()
        desk = Desk(self._ledger.model, self._carrier.accounts(), now)
        letters = [letter for _, _, notice in found for letter in self._letters(desk, notice)]
        await self._kept(letters, [number for number, _, _ in found])

    def _letters(self, desk: Desk, notice: outbox.Notice) -> Iterable[Posting]:
        known = self._history.incident(notice.incident)
        if known is None or notice.event > len(known.events):
            return ()
        event = known.events[notice.event - 1] if notice.event else None
        told = outbox.told(self._reading, f"incident {notice.incident} ")
        return tuple(incident.letters(desk, known, event, [one.key for one in told]))

    async def _write_digests(self) -> None:
        """Each person's digest, once a day, when their shift has begun."""
        now = self._clock()
        if now < self._digest_at + DIGEST_SECONDS:
            return
        self._digest_at = now
        desk = Desk(self._ledger.model, self._carrier.accounts(), now)
        cases = tuple(self._ledger.cases.open.values())
        keys = digest.keys(desk)
        there = self._there(keys.values())
        papers = digest.Papers(cases, self._history.records)
        due = (digest.letter(desk, person, key, papers) for person, key in keys.items() if key not in there)
        letters = [one for one in due if one is not None]
        if letters:
            await self._kept(letters)

    def _there(self, keys: Iterable[str]) -> dict[str, Waiting]:
        return outbox.by_keys(self._reading, keys)

    async def _kept(self, letters: Sequence[Posting], settled: Sequence[int] = ()) -> None:
        now = self._clock()
        done = self._ledger.writer.do(lambda connection: outbox.put(connection, letters, now, settled))
        await asyncio.wrap_future(done)
        if letters:
            self._ledger.announce()

    async def send(self, way: Way) -> None:
        """Carry the letters of one way that are due, and write down what came of each as soon as it is known."""
        async with self._turns[way]:
            await self._send(way)

    async def _send(self, way: Way) -> None:
        now = self._clock()
        ready = [one for one in outbox.due(self._reading, now, MOST_DUE) if one.letter.way is way]
        if not ready:
            return
        over = self._over_before_told(ready, now)
        await self._settle(over)
        gone = {one.id for one in over}
        recent = outbox.sent_since(self._reading, now - flood.SPAN)
        groups = flood.by_person([one for one in ready if one.id not in gone])
        turns = [flood.turn(letters, recent.get(person, []), now) for person, letters in groups]
        folds = [await self._fold(one.folded, now) for one in turns if one.folded]
        await self._settle([structs.replace(held, due_at=one.until) for one in turns for held in one.held])
        await self._carry([*(single for one in turns for single in one.single), *folds][:MOST_AT_ONCE])

    def _over_before_told(self, ready: Sequence[Waiting], now: Instant) -> list[Waiting]:
        """What need not, or cannot, be told: too old, for nobody, void, or a recovery whose alarm never left."""
        given_up = [structs.replace(one, given_up_at=now, why=why) for one in ready if (why := hopeless(one, now))]
        gone = {one.id for one in given_up}
        given_up += [structs.replace(one, given_up_at=now, why=why) for one in ready
                     if one.id not in gone and (why := self._over(one))]  # fmt: skip
        alarms = self._there([one.letter.after for one in ready if one.letter.after])
        for one in ready:
            alarm = alarms.get(one.letter.after)
            if not one.letter.after or (alarm is not None and alarm.sent_at is not None):
                continue
            about = one.letter.about
            told = f"{about} before its {'alarm' if about == 'over' else 'end'} was told"
            given_up.append(structs.replace(one, given_up_at=now, why=told))
            if alarm is not None and alarm.is_waiting:
                given_up.append(
                    structs.replace(alarm, given_up_at=now, why=f"{about} before it was told ({alarm.why})")
                )
        return given_up

    def _over(self, one: Waiting) -> str:
        """Why what it asks for is over: its incident ended, its offer was taken back or up; "" where it is not."""
        cases, letter = self._ledger.cases, one.letter
        case = cases.open.get(letter.incident)
        if case is None:
            return _OVER if letter.about in _ASKS and letter.incident <= cases.last else ""
        return _NO_OFFER if letter.about == "offer" and not case.offered_to else ""

    async def _fold(self, folded: Sequence[Waiting], now: Instant) -> Waiting:
        posting = flood.folded(folded, now)
        done = self._ledger.writer.do(lambda connection: outbox.fold(connection, posting, folded, now))
        await asyncio.wrap_future(done)
        return self._there([posting.key])[posting.key]

    async def _carry(self, letters: Sequence[Waiting]) -> None:
        for one in letters:
            to = address(self._ledger.model, one.letter)
            carried = await in_a_thread(partial(self._carrier.carry, one.letter, one.key, to, one.written_at))
            outcome = carried or Outcome(Fate.LATER, "it could not be carried; the daemon's log says why")
            await self._settle([self._after(one, outcome)], is_news=outcome.why != one.why)
            if outcome.fate is not Fate.SENT and outcome.why != one.why:
                log.warning("letter %d (%s) was not sent: %s", one.id, one.key, outcome.why)

    def _after(self, one: Waiting, outcome: Outcome) -> Waiting:
        now = self._clock()
        tried = structs.replace(one, tries=one.tries + 1, tried_at=now, why=outcome.why)
        match outcome.fate:
            case Fate.SENT:
                return structs.replace(tried, sent_at=now)
            case Fate.REFUSED:
                return structs.replace(tried, given_up_at=now)
            case Fate.WAITS:
                return structs.replace(one, due_at=now + NO_ACCOUNT_WAIT, why=outcome.why)
            case _ if tried.tries >= MOST_TRIES:
                return structs.replace(tried, given_up_at=now, why=f"{tried.tries} tries: {outcome.why}")
            case _:
                longest = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(tried.tries, 16))
                return structs.replace(tried, due_at=now + max(LEAST_WAIT, self._jitter(longest)))

    async def _settle(self, letters: Sequence[Waiting], *, is_news: bool = True) -> None:
        if not letters:
            return
        await asyncio.wrap_future(self._ledger.writer.do(lambda connection: outbox.settle(connection, letters)))
        if is_news:
            self._ledger.announce()


def address(model: Model, letter: Letter) -> tuple[str, str]:
    """The name and mail address of whom a letter is for, as the model says them now: a mended one helps at once."""
    person = model.person(letter.client, letter.person)
    return (person.name, person.email) if person else (letter.person, "")


async def in_a_thread(work: Callable[[], T]) -> T | None:
    """Let work take its time in a thread that nobody waits for when the daemon ends; None where it broke.

    What broke it reaches the log by the thread itself; whoever waits goes on.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T | None] = loop.create_future()

    def tell(result: T | None) -> None:
        if not done.done():
            done.set_result(result)

    def run() -> None:
        result = None
        try:
            result = work()
        finally:
            if not loop.is_closed():
                loop.call_soon_threadsafe(tell, result)

    threading.Thread(target=run, name="post", daemon=True).start()
    return await done


def hopeless(one: Waiting, now: Instant) -> str:
    """Why a letter will not be told; "" while it may be."""
    letter = one.letter
    if letter.way is Way.MAIL and not letter.person:
        return "nobody to tell: nobody is on call, and no one of ours who is here owns the service"
    if now > one.written_at + letter.lives:
        return f"too late to tell: {one.why or 'it could not leave in time'}"
    return ""
