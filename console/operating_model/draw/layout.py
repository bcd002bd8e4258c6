"""Where each box stands: a layered drawing after Sugiyama, in which lines cross as little as they can.

fast-sugiyama (MIT) orders the columns, greedy switching takes away crossings that it left. Crossings of the example, of
60 hosts and of 200: 19, 23, 799; with igraph's order (GPL) 27, 36, 828; from the model's own order alone 19, 32, 912.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from console.operating_model.draw.graph import Edge, Graph, Layer, Place
from console.operating_model.draw.untangled import Joined, untangled

_SWEEPS = 12


@dataclass(frozen=True, slots=True)
class Hop:
    """One stretch of lines between two neighbouring columns: from a box or pass to boxes and passes, with its edges."""

    start: Place
    end: Place
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The height of each box and pass in its column, in box heights from the top, at least one apart."""

    at: Mapping[Place, int]
    hops: tuple[Hop, ...]

    @property
    def height(self) -> int:
        """How many boxes tall it is."""
        return max(self.at.values(), default=-1) + 1


def layout(graph: Graph) -> Layout:
    """The same graph always gets the same layout."""
    hops = tuple(_hops(graph))
    places: list[Place] = [node.key for node in graph.nodes]
    places += [one for one in dict.fromkeys(hop.end for hop in hops) if one not in set(places)]
    joined: dict[Place, list[Place]] = {}
    for start, end in [(hop.start, hop.end) for hop in hops]:
        joined.setdefault(start, []).append(end)
        joined.setdefault(end, []).append(start)
    columns = untangled(_ordered(places, hops), joined)
    _gather(columns, joined, [edge for edge in graph.edges if edge.is_inside])
    return Layout(_settled(columns, joined), hops)


def column_of(place: Place) -> Layer:
    """The column in which a box stands, or that a pass runs through."""
    return place[0]


def _hops(graph: Graph) -> Iterator[Hop]:
    """Lines split at columns; what leaves one box through a column runs through it as one."""
    found: dict[tuple[Place, Place], list[Edge]] = {}
    for edge in graph.edges:
        if edge.is_inside:
            continue
        between = [(layer, edge.start) for layer in list(Layer)[edge.start[0] + 1 : edge.end[0]]]
        steps: list[Place] = [edge.start, *between, edge.end]
        for start, end in pairwise(steps):
            found.setdefault((start, end), []).append(edge)
    return (Hop(start, end, tuple(edges)) for (start, end), edges in found.items())


def _ordered(places: Sequence[Place], hops: Sequence[Hop]) -> dict[Layer, list[Place]]:
    """The columns in the library's order; parts that no line joins stand one below the other, what has no line last."""
    from fast_sugiyama import from_edges  # a compiled library; who draws nothing does not load it

    number = {place: index for index, place in enumerate(places)}
    lines = [(number[hop.start], number[hop.end]) for hop in hops]
    across: dict[object, tuple[int, float]] = {}
    for part, (positions, *_) in enumerate(from_edges(lines) if lines else ()):
        across |= {one: (part, x) for one, (x, _) in positions}
    columns: dict[Layer, list[Place]] = {layer: [] for layer in Layer}
    for place in sorted(places, key=lambda one: (across.get(number[one], (len(lines), 0.0)), number[one])):
        columns[column_of(place)].append(place)
    return columns


def _gather(columns: Mapping[Layer, list[Place]], joined: Joined, inside: Sequence[Edge]) -> None:
    """Put what is joined with no other column (a hypervisor) amid what it is joined with in its own."""
    for column in columns.values():
        for place in [one for one in column if one not in joined]:
            near = [edge.start for edge in inside if edge.end == place]
            if near:
                column.remove(place)
                ranks = sorted(column.index(one) for one in near)
                column.insert(ranks[len(ranks) // 2], place)


def _settled(columns: Mapping[Layer, list[Place]], joined: Joined) -> dict[Place, int]:
    """Every box as near as its column lets it to the middle of what it is joined with; the tallest column is packed."""
    tallest = max(len(column) for column in columns.values())
    at = {
        place: (index + 0.5) * tallest / len(column) - 0.5
        for column in columns.values()
        for index, place in enumerate(column)
    }
    for sweep in range(_SWEEPS):
        for layer in sorted(columns, reverse=bool(sweep % 2)):
            column = columns[layer]
            wanted = [_middle(at, joined.get(place, ()), at[place]) for place in column]
            at.update(zip(column, _apart(wanted, tallest), strict=True))
    return {place: round(height) for place, height in at.items()}


def _middle(at: Mapping[Place, float], near: Sequence[Place], otherwise: float) -> float:
    return sum(at[one] for one in near) / len(near) if near else otherwise


def _apart(wanted: Sequence[float], tallest: int) -> list[int]:
    """The heights nearest to the wanted ones that keep order and distance (pool adjacent violators), in whole boxes."""
    blocks: list[tuple[float, int]] = []
    for index, height in enumerate(wanted):
        mean, size = height - index, 1
        while blocks and blocks[-1][0] > mean:
            before, count = blocks.pop()
            mean, size = (mean * size + before * count) / (size + count), size + count
        blocks.append((mean, size))
    slack = tallest - len(wanted)
    heights = [min(max(0, round(mean)), slack) for mean, size in blocks for _ in range(size)]
    return [height + index for index, height in enumerate(heights)]
