"""Fewer crossings: neighbours in a column change places while that uncrosses lines (greedy switching)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from console.operating_model.draw.graph import Layer, Place

Joined = Mapping[Place, Sequence[Place]]
"""What each place is joined with, in the columns beside its own."""
Columns = dict[Layer, list[Place]]
_ROUNDS, _PASSES, _PATIENCE = 24, 30, 4
_EFFORT = 6000
"""Places times rounds: a model of thousands of hosts is drawn in a second, not in a minute."""


def untangled(columns: Columns, joined: Joined) -> Columns:
    """The same columns with fewer crossings, or as many. Always the same for the same columns."""
    best, least = columns, crossings(columns, joined)
    now = {layer: list(column) for layer, column in columns.items()}
    rounds = min(_ROUNDS, max(2, _EFFORT // max(1, sum(map(len, columns.values())))))
    found_at = 0
    for turn in range(rounds):
        for layer in sorted(now, reverse=bool(turn % 2)):
            _by_middle(now, layer, joined, layer - 1 if turn % 2 == 0 else layer + 1)
        for layer in sorted(now):
            _switched(now, layer, joined)
        count = crossings(now, joined)
        if count < least:
            best, least, found_at = {layer: list(column) for layer, column in now.items()}, count, turn
        elif turn - found_at >= _PATIENCE:
            break
    return best


def crossings(columns: Columns, joined: Joined) -> int:
    """How often lines between neighbouring columns cross."""
    found = 0
    for layer, column in columns.items():
        rank = _ranks(columns)
        seen: list[int] = []
        for place in column:
            ends = sorted(rank[one] for one in joined.get(place, ()) if one[0] == layer + 1)
            found += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                seen.insert(bisect_left(seen, end), end)
    return found


def _by_middle(columns: Columns, layer: Layer, joined: Joined, beside: int) -> None:
    """Order a column by the middle of what each place is joined with in one neighbouring column."""
    rank = _ranks(columns)

    def middle(place: Place) -> float:
        near = [rank[one] for one in joined.get(place, ()) if one[0] == beside]
        return sum(near) / len(near) if near else rank[place]

    columns[layer].sort(key=middle)


def _switched(columns: Columns, layer: Layer, joined: Joined) -> None:
    rank = _ranks(columns)
    column = columns[layer]
    near = {
        place: [sorted(rank[one] for one in joined.get(place, ()) if one[0] == layer + step) for step in (-1, 1)]
        for place in column
    }
    for _ in range(min(_PASSES, len(column))):
        moved = False
        for index in range(len(column) - 1):
            one, other = column[index], column[index + 1]
            if _crossed(near[other], near[one]) < _crossed(near[one], near[other]):
                column[index], column[index + 1] = other, one
                moved = True
        if not moved:
            return


def _crossed(above: list[list[int]], below: list[list[int]]) -> int:
    """Crossings of two neighbours while the first stands above the second."""
    return sum(len(ends) - bisect_right(ends, end) for ends, others in zip(above, below, strict=True) for end in others)


def _ranks(columns: Columns) -> dict[Place, int]:
    return {place: index for column in columns.values() for index, place in enumerate(column)}
