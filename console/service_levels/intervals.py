"""Half-open intervals `[start, end)` of whole UTC seconds: sorted, not touching, none empty (operating-model 3.1)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import itemgetter

Interval = tuple[int, int]
Intervals = tuple[Interval, ...]
_START, _END = itemgetter(0), itemgetter(1)


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
    filled = [one for one in sets if one]
    if len(filled) < 2:
        return filled[0] if filled else ()
    return normal(interval for one in filled for interval in one)


def intersection(left: Intervals, right: Intervals) -> Intervals:
    """Every second that is in both."""
    if len(left) == 1:
        return clip(right, *left[0])
    if len(right) == 1:
        return clip(left, *right[0])
    found: list[Interval] = []
    i = j = 0
    while i < len(left) and j < len(right):
        (begins, ends), (opens, closes) = left[i], right[j]
        start = begins if begins > opens else opens  # noqa: FURB136  # the hottest lines of a week: no calls
        end = ends if ends < closes else closes  # noqa: FURB136
        if start < end:
            found.append((start, end))
        if ends < closes:
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
    inside = intervals[bisect_right(intervals, start, key=_END) : bisect_left(intervals, end, key=_START)]
    if start >= end or not inside:
        return ()
    if inside[0][0] >= start and inside[-1][1] <= end:
        return inside
    if len(inside) == 1:
        return ((max(start, inside[0][0]), min(end, inside[0][1])),)
    return ((max(start, inside[0][0]), inside[0][1]), *inside[1:-1], (inside[-1][0], min(end, inside[-1][1])))


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
    place = bisect_right(intervals, instant, key=_END)
    return place < len(intervals) and intervals[place][0] <= instant


def _complement(intervals: Intervals, start: int, end: int) -> Intervals:
    edges = [start, *(edge for interval in clip(intervals, start, end) for edge in interval), end]
    return normal(zip(edges[::2], edges[1::2], strict=True))
