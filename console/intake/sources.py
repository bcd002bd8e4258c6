"""Addresses from which strangers come: how many at once, and for how long one waits after keys that opened nothing.

A whole client's office may stand behind one address, so whoever let somebody in lately is not made to wait: that list
keeps itself (reliability.md, 1.3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")
MOST_AT_ONCE = 32
"""From one address (of IPv6: one /64), until they have logged in."""
FIRST_PENALTY, LONGEST_PENALTY = 10.0, 600.0
"""Seconds: it doubles with each failure that comes before it is forgotten."""
FORGOTTEN_AFTER = 1800.0
TRUSTED_FOR = 24 * 3600.0
MOST_KNOWN = 65_536


@dataclass(slots=True)
class _Record:
    failures: int = 0
    failed_at: float = 0.0
    until: float = 0.0


@dataclass(slots=True)
class Sources:
    """The sources of one door. `passed` are seconds that only ever grow."""

    passed: Callable[[], float]
    _here: Counter[str] = field(default_factory=Counter)
    _failed: dict[str, _Record] = field(default_factory=dict)
    _trusted: dict[str, float] = field(default_factory=dict)

    def may_try(self, source: str) -> bool:
        """Whether one more stranger from there is listened to; `left` must follow in either case."""
        self._here[source] += 1
        record = self._failed.get(source)
        return self._here[source] <= MOST_AT_ONCE and (record is None or record.until <= self.passed())

    def left(self, source: str) -> None:
        """One of them is no stranger any more, or is gone."""
        self._here -= Counter((source,))

    def let_in(self, source: str) -> None:
        """Somebody from there has logged in."""
        self._failed.pop(source, None)
        _keep(self._trusted, source, self.passed())

    def failed(self, source: str) -> None:
        """Somebody from there tried a key that opens nothing."""
        now = self.passed()
        if now - self._trusted.get(source, -TRUSTED_FOR) < TRUSTED_FOR:
            return
        record = self._failed.get(source)
        if record is None or now - record.failed_at > FORGOTTEN_AFTER:
            record = _Record()
        penalty = min(LONGEST_PENALTY, FIRST_PENALTY * 2.0 ** min(record.failures, 10))
        _keep(self._failed, source, _Record(record.failures + 1, now, now + penalty))


def _keep(table: dict[str, T], source: str, value: T) -> None:
    """Remember it as the newest; the oldest is forgotten where there are too many."""
    table.pop(source, None)
    table[source] = value
    if len(table) > MOST_KNOWN:
        del table[next(iter(table))]
