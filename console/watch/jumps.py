"""When the clock of this machine jumps: what it gains or loses beside seconds that only ever grow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from checks.reading import Instant

STEP_SECONDS = 30
"""How far the clock may run from the time that passed between two looks before that counts as a jump."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """What the time is, and how much of it passed whatever is done to the first."""

    wall: Callable[[], Instant]
    passed: Callable[[], float]


@dataclass(slots=True)
class Jumps:
    """What one onlooker sees of them."""

    clocks: Clocks
    _ahead: float | None = None

    def gained(self) -> int:
        """Seconds that the clock jumped by since this was asked last; 0 for what is no jump, and the first time."""
        before, self._ahead = self._ahead, self.clocks.wall() - self.clocks.passed()
        gained = 0.0 if before is None else self._ahead - before
        return round(gained) if abs(gained) > STEP_SECONDS else 0
