"""K11: which services have proven that they can be brought back, when, and how long it took."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Restore:
    """One restore that was tried."""

    service: str
    on: date
    worked: bool
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """How one service stands: its newest test that worked, when the next was due, and whether its RTO is proven."""

    service: str
    last: date | None
    due: date | None
    """The last day on which it is still proven; None where it never was."""
    seconds: int | None
    """What the newest timed test took."""
    is_proven: bool
    is_rto_proven: bool | None
    """None where no RTO was promised."""

    def overdue(self, today: date) -> int:
        """Whole days since the next test was due; 0 where it is not, or where there never was one."""
        return max(0, (today - self.due).days) if self.due else 0


def proofs(
    every: Mapping[str, int], rtos: Mapping[str, int | None], tests: Iterable[Restore], today: date
) -> tuple[Proof, ...]:
    """K11 of each service that needs proof, as on `today`. Durations are seconds; a failed test proves nothing."""
    good = sorted((one for one in set(tests) if one.worked and one.on <= today), key=lambda one: one.on)
    return tuple(_proof(one, seconds, rtos.get(one), good, today) for one, seconds in every.items())


def _proof(service: str, every: int, rto: int | None, good: list[Restore], today: date) -> Proof:
    mine = [one for one in good if one.service == service]
    last = mine[-1].on if mine else None
    due = last + timedelta(days=every // 86_400) if last else None
    timed = [one.seconds for one in mine if one.seconds is not None]
    took = timed[-1] if timed else None
    is_rto_proven = None if rto is None else took is not None and took <= rto
    return Proof(service, last, due, took, due is not None and today <= due, is_rto_proven)
