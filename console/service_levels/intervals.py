"""Half-open intervals `[start, end)` of whole UTC seconds: sorted, not touching, none empty (operating-model 3.1)."""

from __future__ import annotations

from collections.abc import Iterable

Interval = tuple[int, int]
Intervals = tuple[Interval, ...]


def normal(intervals: Iterable[Interval]) -> Intervals:
    """The same seconds, sorted and joined; empty and backward ones vanish."""
    joined: list[Interval] = []
    for start, end in sorted(one for one in intervals if one[0] < one[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def union(*sets: Intervals) -> Intervals:
    """Every second that is in any of the sets."""
    return normal(interval for one in sets for interval in one)


def intersection(left: Intervals, right: Intervals) -> Intervals:
    """Every second that is in both."""
    found: list[Interval] = []
    i = j = 0
    while i < len(left) and j < len(right):
        start, end = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if start < end:
            found.append((start, end))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def difference(left: Intervals, right: Intervals) -> Intervals:
    """Every second of `left` that is not in `right`."""
    if not left:
        return ()
    return intersection(left, _complement(right, left[0][0], left[-1][1]))


def length(intervals: Intervals) -> int:
    """Seconds in all."""
    return sum(end - start for start, end in intervals)


def clip(intervals: Intervals, start: int, end: int) -> Intervals:
    """What lies in `[start, end)`."""
    return intersection(intervals, ((start, end),)) if start < end else ()


def last(intervals: Intervals, seconds: int) -> Intervals:
    """The last so many seconds of them."""
    left, found = seconds, []
    for start, end in reversed(intervals):
        found.append((max(start, end - left), end))
        left -= end - start
        if left <= 0:
            break
    return tuple(reversed(found)) if seconds > 0 else ()


def contains(intervals: Intervals, instant: int) -> bool:
    """Whether an instant is covered."""
    return any(start <= instant < end for start, end in intervals)


def _complement(intervals: Intervals, start: int, end: int) -> Intervals:
    edges = [start, *(edge for interval in clip(intervals, start, end) for edge in interval), end]
    return normal(zip(edges[::2], edges[1::2], strict=True))
