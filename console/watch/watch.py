"""The watch: looks, every few seconds, at what time has done."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future

import schedule

from checks.check import Check
from checks.reading import Instant
from console.store.ledger import SILENCE, Ledger
from console.watch.doubt import Doubt
from console.watch.silence import fell_silent, heard_again, still_silent

EVERY_SECONDS = 2
ROLL_UP_SECONDS = 10
log = logging.getLogger(__name__)


class Watch:
    """Turns the passing of time into changes. One per daemon, on its loop."""

    def __init__(self, ledger: Ledger, clock: Callable[[], Instant], doubt: Doubt | None = None) -> None:
        self._ledger = ledger
        self._clock = clock
        self._doubt = doubt
        """Whether the time can be believed; None of a clock that nobody sets."""
        self._door_opened_at = clock()
        self._ticks = self._scheduled()

    async def stand(self) -> None:
        """Stand watch until cancelled."""
        while True:
            self.tick()
            await asyncio.sleep(EVERY_SECONDS / 4)

    def tick(self) -> None:
        """Do what is due."""
        if (self._ticks.idle_seconds or 0) > EVERY_SECONDS + 1:  # the clock was set back, and `schedule` goes by it
            self._ticks = self._scheduled()
        self._ticks.run_pending()

    def _scheduled(self) -> schedule.Scheduler:
        ticks = schedule.Scheduler()
        ticks.every(EVERY_SECONDS).seconds.do(self.look)
        ticks.every(EVERY_SECONDS).seconds.do(self.look_at_disk)
        ticks.every(ROLL_UP_SECONDS).seconds.do(self.roll_up)
        return ticks

    def look(self) -> None:
        """One look at every host and every open incident; none while the time is in doubt."""
        now = self._clock()
        if self._doubt is not None and self._doubt.holds():
            self._door_opened_at = now  # whoever could not be heard meanwhile has two looks again
            return
        check = self._ledger.checks[SILENCE]
        living = [agent for agent in self._ledger.agents.values() if agent.ended_at is None]
        for agent in [agent for agent in living if not agent.is_imported]:
            self._ledger.turn(agent.agent, now)
            self._listen(agent.agent, check, now)
        self._ledger.clear(now)

    def look_at_disk(self) -> None:
        """Tell that there is no room for check-ins, or that there is again; and keep some back for people's work."""
        room = self._ledger.database.room
        before, room.said = room.said, room.trouble()
        if bool(room.said) != bool(before):
            log.warning("%s", room.said or "there is room for check-ins again")
            self._ledger.announce()
        room.lay_ballast()

    def roll_up(self) -> None:
        """Let old raw check-ins go; what fails is told and tried again at the next tick."""
        self._ledger.roll_up(self._clock()).add_done_callback(_tell)

    def _listen(self, agent: str, check: Check, now: Instant) -> None:
        state = self._ledger.states[agent]
        judging = self._ledger.judging(state.client, state.host, now)
        client = self._ledger.model.clients.get(state.client)
        change = fell_silent(state, check, judging, self._door_opened_at, client)
        change = change or heard_again(state, check, judging, client)
        if change is not None:
            log.info("%s/%s %s", state.client, state.host, change.sentence)
            self._ledger.silence(change)
        elif (held := still_silent(state, check, judging)) is not None:
            self._ledger.silence_told(held)


def _tell(done: Future[int]) -> None:
    error = done.exception()
    if error is not None:
        log.warning("old check-ins were not rolled up: %s", error)
    elif done.result():
        log.info("%d check-ins older than 48 h were rolled up", done.result())
