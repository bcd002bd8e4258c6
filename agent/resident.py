"""The resident agent: a pass every so often, a delivery after each, and nothing heavy in memory between them."""

from __future__ import annotations

import logging
import random
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

import psutil
import schedule

from agent.homes import Home
from agent.outcome import deliver, pause
from agent.passing import Passing
from agent.spool import SpoolFull
from checks.reading import Instant

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Resident:
    """Runs until `stop` is set."""

    home: Home
    passing: Passing
    clock: Callable[[], Instant]
    stop: threading.Event = field(default_factory=threading.Event)
    passed: Callable[[], float] = time.monotonic
    """Seconds that only ever grow, whatever is done to the clock."""
    _not_before: float = 0.0
    """When delivery may be tried again, in those seconds."""
    _again: bool = False
    """Whether to deliver as soon as that may be, without waiting for a pass: it failed, or left something behind."""
    _behind: bool = False
    """Whether a pass has ended since the delivery under way began."""
    _looking: threading.Lock = field(default_factory=threading.Lock)
    _delivering: threading.Lock = field(default_factory=threading.Lock)

    def run(self, agent_id: str, *, at_once: bool) -> None:
        """Wait out the splay, then pass after pass. A pass that still runs when the next is due is not doubled.

        A delivery is beside them: one that hangs keeps nobody from looking.
        """
        pace = self.passing.settings.pace
        if not at_once and self.stop.wait(splay(agent_id, pace)):
            return
        ticks = self._scheduled(pace)
        self._look()
        while not self.stop.wait(min(1.0, pace / 4)):
            if (ticks.idle_seconds or 0) > pace + 1:  # the clock was set back, and `schedule` goes by it
                ticks = self._scheduled(pace)
            ticks.run_pending()
            if self._again and self.passed() >= self._not_before:
                _alone(self._delivering, self._deliver)

    def _scheduled(self, pace: int) -> schedule.Scheduler:
        ticks = schedule.Scheduler()
        ticks.every(pace).seconds.do(self._look)
        return ticks

    def _look(self) -> None:
        if not _alone(self._looking, self._pass):
            log.warning("the last pass still runs; this one is left out")

    def _pass(self) -> None:
        jitter = random.uniform(0, min(2.0, self.passing.settings.pace / 30))  # noqa: S311 - spreads load
        if self.stop.wait(jitter):
            return
        try:
            self.passing.one(self.clock())
        except SpoolFull as error:
            log.error("%s", error)
        if self.passed() >= self._not_before:
            self._behind = not _alone(self._delivering, self._deliver)

    def _deliver(self) -> None:
        """Carry what waits; after a failure once more when the back-off allows, without waiting for the next pass."""
        self._again = self._behind = False
        outcome = deliver(self.home, self.clock())
        self._again = self._behind or not outcome.is_delivered
        self._not_before = self.passed() + pause(outcome, self.passing.settings.pace)
        log.log(logging.INFO if outcome.is_delivered else logging.WARNING, "%s: %s", outcome.kind, outcome.text)


def _alone(lock: threading.Lock, work: Callable[[], None]) -> bool:
    """Do it in a thread of its own, unless it is being done; whether it was begun."""
    if not lock.acquire(blocking=False):
        return False

    def done() -> None:
        try:
            work()
        finally:
            lock.release()
        _give_back_memory()

    threading.Thread(target=done, name="pass", daemon=True).start()
    return True


def _give_back_memory() -> None:
    """What a pass needed for a moment goes back to the system, where psutil knows how."""
    trim = getattr(psutil, "heap_trim", None)
    if trim is not None:
        trim()


def splay(agent_id: str, pace: int) -> int:
    """Seconds to wait after a start, always the same for one agent: a thousand started together come apart."""
    return zlib.crc32(agent_id.encode()) % max(1, pace)
