"""When the clock of this machine jumps: was it set right, or wrong? Until that is known nothing follows from the time.

A jump is what the wall clock gained or lost beside seconds that only ever grow: a step, or a sleep. The agents decide:
each has a clock of its own, and whose distance to ours is what it was before says that ours is right (D12).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from checks.reading import Instant

STEP_SECONDS = 30
"""How far the clock may run from the time that passed before that counts as a jump."""
PATIENCE = 900.0
"""Seconds after which a jump that no agent contradicts is believed."""
_NEAR = 60
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Doubt:
    """One per daemon, on its loop."""

    wall: Callable[[], Instant]
    passed: Callable[[], float]
    _ahead: float | None = None
    _jump: int = 0
    """Seconds; 0 where there is no doubt."""
    _since: float = 0.0
    _against: set[str] = field(default_factory=set)

    def holds(self) -> bool:
        """Whether the time is in doubt just now."""
        ahead = self.wall() - self.passed()
        gained = 0 if self._ahead is None else round(ahead - self._ahead)
        self._ahead = ahead
        if abs(gained) > STEP_SECONDS:
            self._jump += gained
            self._since = self.passed()
            self._against.clear()
            if abs(self._jump) <= STEP_SECONDS:
                self._believe("is back where it was")
            else:
                log.warning(
                    "the clock jumped by %+d s: nothing follows from the time until an agent bears it out", gained
                )
        elif self._jump and not self._against and self.passed() - self._since > PATIENCE:
            self._believe("is believed: no agent speaks against it")
        return bool(self._jump)

    def agrees(self, agent: str, ahead: int, before: int) -> bool:
        """Whether check-ins of an agent can be dated, whose clock is `ahead` of ours now, and was `before` the jump.

        False where its clock says that ours is wrong: what it would send now is dated once that is mended.
        """
        if not self.holds():
            return True
        moved = ahead - before
        if abs(moved) <= _NEAR:
            self._believe(f"is right: that of {agent} agrees")
            return True
        if abs(moved + self._jump) > _NEAR:
            return True  # its own clock was set too, so it bears nothing out
        if agent not in self._against:
            log.warning("the clock of %s says that this machine's is wrong by %+d s", agent, self._jump)
        self._against.add(agent)
        self._since = self.passed()
        return False

    def _believe(self, why: str) -> None:
        log.warning("the clock %s", why)
        self._jump = 0
        self._against.clear()


def no_doubt(_agent: str, _ahead: int, _before: int) -> bool:
    """Of a clock that nobody can set, such as a demonstration's: every check-in can be dated."""
    return True
