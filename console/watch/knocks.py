"""Who knocked at the door and was not let in, as the audit log has it: bounded, so that no flood fills it."""

from __future__ import annotations

from dataclasses import dataclass, field

REPEATS_AFTER = 600.0
"""Seconds in which the same address is written once."""
MOST_AN_HOUR = 60
HOUR = 3600.0


@dataclass(slots=True)
class Knocks:
    """Decides which refusals are written, and counts the others."""

    _written: dict[str, float] = field(default_factory=dict)
    _unwritten: int = 0

    def told(self, source: str, passed: float) -> str | None:
        """What is written of a refusal at `passed` seconds, "" for nothing more than that it was; None for nothing."""
        lately = {one: at for one, at in self._written.items() if passed - at < HOUR}
        if passed - lately.get(source, -REPEATS_AFTER) < REPEATS_AFTER or len(lately) >= MOST_AN_HOUR:
            self._written = lately
            self._unwritten += 1
            return None
        self._written = {**lately, source: passed}
        more, self._unwritten = self._unwritten, 0
        return f"{more} more since the last row" if more else ""
