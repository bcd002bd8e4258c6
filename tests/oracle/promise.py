"""SLA clocks by the words of operating-model.md, 4.3: what has elapsed, when it is due; and evidence from samples."""

from __future__ import annotations

from collections.abc import Sequence

from oracle.wall import Hours, Spans, Wall, pieces, within


def elapsed(wall: Wall, hours: Hours, start: int, end: int, pauses: Spans) -> int:
    """Seconds inside the calendar, minus pauses."""
    opened = wall.opened(hours, start, end)
    return sum(
        last - first
        for first, last in pieces(start, end, opened, pauses)
        if within(opened, first) and not within(pauses, first)
    )


def due(wall: Wall, hours: Hours, begins: tuple[int, int], seconds: int, pauses: Spans) -> int | None:
    """The earliest instant at which so much has elapsed; None if not before the given horizon."""
    start, horizon = begins
    opened = wall.opened(hours, start, horizon)
    so_far = 0
    for first, last in pieces(start, horizon, opened, pauses):
        if within(opened, first) and not within(pauses, first):
            if so_far + last - first >= seconds:
                return first + seconds - so_far
            so_far += last - first
    return None


def proven(samples: Sequence[int], grace: int) -> list[tuple[int, int]]:
    """What samples prove: each its host until the next one, for `grace` seconds at most."""
    taken = sorted(set(samples))
    ends = [*taken[1:], None]
    return [
        (one, one + grace if after is None else min(after, one + grace)) for one, after in zip(taken, ends, strict=True)
    ]
