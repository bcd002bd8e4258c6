"""How much an agent may send: so many messages and bytes of what is new, and as much again as an honest spool can hold.

Backlog is what the agent said in its HELLO that it has. It is drained at full speed, but an agent that calls
everything backlog has no more of it than a full spool and a week could make (reliability.md, 1.3 and 2.2).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

_DAY = 86_400
MOST_A_MINUTE = 60
MOST_BYTES_AN_HOUR = 10 << 20
BACKLOG_MESSAGES = 65_536
"""A week at the quickest pace that may be set, 10 s, and some."""
BACKLOG_BYTES = 128 << 20
"""A full spool, twice: it keeps what was acknowledged for a day besides."""


@dataclass(slots=True)
class Bucket:
    """Filled at a steady rate, up to `most`; it begins full."""

    most: float
    a_second: float
    _has: float = field(init=False)
    _at: float = 0.0

    def __post_init__(self) -> None:
        self._has = self.most

    def lacks(self, amount: float, now: float) -> float:
        """Seconds until so much can be taken; 0.0 for at once. More than it ever holds waits for a full one."""
        self._has = min(self.most, self._has + max(0.0, now - self._at) * self.a_second)
        self._at = now
        return max(0.0, (min(amount, self.most) - self._has) / self.a_second)

    def take(self, amount: float) -> None:
        """Take so much, after `lacks` was asked."""
        self._has -= min(amount, self.most)


@dataclass(slots=True)
class Allowance:
    """What one agent may send, over all its connections."""

    refused: int = 0
    """Messages in a row that were not taken."""
    new: tuple[Bucket, Bucket] = field(
        default_factory=lambda: (
            Bucket(MOST_A_MINUTE, MOST_A_MINUTE / 60),
            Bucket(MOST_BYTES_AN_HOUR, MOST_BYTES_AN_HOUR / 3600),
        )
    )
    backlog: tuple[Bucket, Bucket] = field(
        default_factory=lambda: (
            Bucket(BACKLOG_MESSAGES, BACKLOG_MESSAGES / 7 / _DAY),
            Bucket(BACKLOG_BYTES, BACKLOG_BYTES / 2 / _DAY),
        )
    )

    def take(self, bytes_: int, now: float, *, is_backlog: bool) -> int:
        """0 where a message of so many bytes may come; else how many whole seconds until it may, and nothing is taken.

        `now` is in seconds of a clock that never steps.
        """
        messages, volume = self.backlog if is_backlog else self.new
        wait = max(messages.lacks(1, now), volume.lacks(bytes_, now))
        if wait > 0:
            self.refused += 1
            return int(wait) + 1
        self.refused = 0
        messages.take(1)
        volume.take(bytes_)
        return 0


Allowances = defaultdict[str, Allowance]
"""By agent; only who joined has one."""


def allowances() -> Allowances:
    """Everybody's, untouched."""
    return defaultdict(Allowance)
