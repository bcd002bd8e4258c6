"""The clock of this machine jumped: was it set right, or wrong? Until that is known nothing follows from the time.

It was stepped, or the machine slept. The agents decide: each has a clock of its own, and whose distance to ours is what
it was before says that ours is right (D12).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from console.watch.jumps import STEP_SECONDS, Clocks, Jumps

PATIENCE = 900.0
"""Seconds after which a jump that no agent contradicts is believed."""
_NEAR = 60
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Doubt:
    """One per daemon, on its loop."""

    clocks: Clocks
    _jumps: Jumps = field(init=False)
    _jump: int = 0
    """Seconds; 0 where there is no doubt."""
    _since: float = 0.0
    _against: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._jumps = Jumps(self.clocks)

    def holds(self) -> bool:
        """Whether the time is in doubt just now."""
        if gained := self._jumps.gained():
            self._jump += gained
            self._since = self.clocks.passed()
            self._against.clear()
            if abs(self._jump) <= STEP_SECONDS:
                self._believe("is back where it was")
            else:
                log.warning(
                    "the clock jumped by %+d s: nothing follows from the time until an agent bears it out", gained
                )
        elif self._jump and not self._against and self.clocks.passed() - self._since > PATIENCE:
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
        self._since = self.clocks.passed()
        return False

    def _believe(self, why: str) -> None:
        log.warning("the clock %s", why)
        self._jump = 0
        self._against.clear()


def no_doubt(_agent: str, _ahead: int, _before: int) -> bool:
    """Of a clock that nobody can set, such as a demonstration's: every check-in can be dated."""
    return True
