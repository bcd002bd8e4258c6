"""The algebra of intervals, against sets of seconds."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from console.service_levels.intervals import (
    Intervals,
    clip,
    contains,
    difference,
    intersection,
    length,
    normal,
    union,
)

RAW = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8)


def seconds(intervals: Intervals) -> set[int]:
    return {second for start, end in intervals for second in range(start, end)}


@given(RAW, RAW)
def test_every_operation_says_what_sets_say(left: list[tuple[int, int]], right: list[tuple[int, int]]) -> None:
    a, b = normal(left), normal(right)

    assert seconds(a) == {s for start, end in left for s in range(start, end)}
    assert seconds(union(a, b)) == seconds(a) | seconds(b)
    assert seconds(intersection(a, b)) == seconds(a) & seconds(b)
    assert seconds(difference(a, b)) == seconds(a) - seconds(b)
    assert seconds(clip(a, 10, 20)) == seconds(a) & set(range(10, 20))
    assert length(a) == len(seconds(a))
    assert all(contains(a, second) == (second in seconds(a)) for second in range(41))
    for made in (a, union(a, b), intersection(a, b), difference(a, b)):
        assert made == normal(made)
        assert all(before[1] < after[0] for before, after in pairwise(made))
