"""Where acceptable ends. A check brings its default; the client's operating model may override it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct, structs

from checks.finding import Status


class Bad(StrEnum):
    """Which side of a limit is bad."""

    ABOVE = "above"
    BELOW = "below"


class Standard(Struct, frozen=True):
    """Limits in the check's base unit. A value at the limit is already over it; None means "never"."""

    warn: float | None
    crit: float | None
    bad: Bad
    source: str
    """Who says so: the document, maker or convention that the limit comes from, or the model's revision."""
    stands_for: int = 0
    """Seconds that a breach must have stood before it alarms anybody; the record has it from its first second."""
    in_a_row: int = 1
    """Looks in a row that must have seen a breach before it alarms anybody."""

    def status_of(self, measured: float) -> Status:
        """Where a measured value stands against the limits."""
        if self._over(measured, self.crit):
            return Status.BREACH
        return Status.WATCH if self._over(measured, self.warn) else Status.OK

    def with_limits(self, warn: float | None, crit: float | None, source: str) -> Standard:
        """The same standard with limits of somebody else's choosing."""
        return structs.replace(self, warn=warn, crit=crit, source=source)

    def confirmed_by(self, stands_for: int, in_a_row: int) -> Standard:
        """The same limits, and an alarm only after so many seconds or looks."""
        return structs.replace(self, stands_for=stands_for, in_a_row=in_a_row)

    def _over(self, measured: float, limit: float | None) -> bool:
        if limit is None:
            return False
        return measured >= limit if self.bad is Bad.ABOVE else measured <= limit
