"""What of a check-in counts as the same as before: a full spool lets go of those first."""

from __future__ import annotations

from checks.reading import CheckIn


def is_change(before: object, check_in: CheckIn) -> bool:
    """Whether a check-in says something that the one before did not: other subjects, gaps, or a value far from it."""
    return before != shape(check_in)


def shape(check_in: CheckIn) -> list[str]:
    """What of a check-in counts as the same: its subjects with their values coarsely, and its gaps."""
    readings = (f"{one.check} {one.subject} {_coarse(one.value)} {len(one.items)}" for one in check_in.readings)
    gaps = (f"{one.check} {one.subject} {one.why}" for one in check_in.gaps)
    return sorted([*readings, *gaps])


def _coarse(value: float | None) -> str:
    return "none" if value is None else f"{value:.1g}"
