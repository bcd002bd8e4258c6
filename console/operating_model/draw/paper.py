"""Where everything of a picture stands, in pixels: columns as wide as their names, lanes for lines inside one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from console.operating_model.draw.graph import HEADS, Edge, Graph, Key, Layer, Node, Place
from console.operating_model.draw.ink import broad
from console.operating_model.draw.layout import Layout, layout
from console.operating_model.draw.marks import Marks

BOX, PITCH, MARGIN, LANE = 44.0, 60.0, 32.0, 11.0
NAME, NOTE, PAD = 13.5, 11.0, 14.0
_WIDEST, _GAP, _TOP, _NARROWEST = 210.0, 104.0, 124.0, 640.0
_PORTS = 15.0
Port = tuple[str, Place, object]
"""`in`, `out` or `side`; of which box; for which line."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The places of one picture."""

    graph: Graph
    where: Layout
    left: Mapping[Layer, float]
    broadness: Mapping[Layer, float]
    lanes: Mapping[Edge, int]
    """How far out a line inside a column bends."""
    ports: Mapping[Port, float] = field(default_factory=dict)
    """How far from the middle of its box a line leaves or arrives."""

    @property
    def width(self) -> float:
        """Of the whole picture."""
        bends = (self.right(edge.start[0]) + MARGIN + LANE * lane for edge, lane in self.lanes.items())
        return max(_NARROWEST, *(self.right(layer) + MARGIN for layer in Layer), *bends)

    @property
    def bottom(self) -> float:
        """Below the lowest box."""
        return _TOP + PITCH * max(1, self.where.height)

    def middle(self, place: Place) -> float:
        """The height of the middle of a box or pass."""
        return _TOP + PITCH * self.where.at[place] + BOX / 2

    def right(self, layer: Layer) -> float:
        """The right edge of a column's boxes."""
        return self.left[layer] + self.broadness[layer]

    def port(self, side: str, place: Place, line: object) -> float:
        """The height at which a line leaves or arrives."""
        return self.middle(place) + self.ports.get((side, place, line), 0.0)


def paper(graph: Graph, marks: Marks) -> Paper:
    """The places for a graph with these marks."""
    where = layout(graph)
    lanes = _lanes(graph, where)
    broadness = {layer: _broadness(graph, marks, layer) for layer in Layer}
    return Paper(graph, where, _lefts(broadness, lanes), broadness, lanes, _ports(where))


def _lefts(broadness: Mapping[Layer, float], lanes: Mapping[Edge, int]) -> dict[Layer, float]:
    """The left edge of each column; where no box stands, lines pass close behind the column before."""
    left: dict[Layer, float] = {}
    at, right = MARGIN, MARGIN
    for layer in Layer:
        if not broadness[layer]:
            left[layer] = right + LANE
            continue
        left[layer], right = at, at + broadness[layer]
        deepest = max((lane for edge, lane in lanes.items() if edge.start[0] is layer), default=0)
        at = right + _GAP + LANE * deepest
    return left


def _broadness(graph: Graph, marks: Marks, layer: Layer) -> float:
    """As wide as its widest text, within reason; nothing where no box stands."""
    if not graph.column(layer):
        return 0.0
    widths = [broad(HEADS[layer], NAME)]
    for node in graph.column(layer):
        mark = marks.nodes.get(node.key)
        sign = broad(f"{mark.sign} ", NAME) if mark and mark.sign else 0.0
        widths += [sign + broad(node.name, NAME), broad(node.note, NOTE), broad(mark.words if mark else "", NOTE)]
    return min(_WIDEST, max(96.0, *widths) + 2 * PAD)


def _lanes(graph: Graph, where: Layout) -> dict[Edge, int]:
    """Lines inside a column, each in the nearest lane that is free along it; those to one box share one."""
    found: dict[Edge, int] = {}
    for layer in Layer:
        ends: dict[Key, list[Edge]] = {}
        for edge in graph.edges:
            if edge.is_inside and edge.start[0] is layer:
                ends.setdefault(edge.end, []).append(edge)
        taken: list[list[tuple[int, int]]] = []
        for end, edges in sorted(ends.items(), key=lambda one: _reach(one[1], where)):
            rows = [where.at[key] for key in (end, *(edge.start for edge in edges))]
            span = (min(rows), max(rows))
            lane = next((index for index, spans in enumerate(taken) if _is_free(spans, span)), len(taken))
            taken += [[]] if lane == len(taken) else []
            taken[lane].append(span)
            found |= dict.fromkeys(edges, lane + 1)
    return found


def _reach(edges: Sequence[Edge], where: Layout) -> int:
    return max(abs(where.at[edge.start] - where.at[edge.end]) for edge in edges)


def _is_free(spans: Sequence[tuple[int, int]], span: tuple[int, int]) -> bool:
    return all(span[1] < first or span[0] > last for first, last in spans)


def _ports(where: Layout) -> dict[Port, float]:
    """Lines at one side of a box stand apart, in the order in which they come."""
    found: dict[Port, float] = {}
    sides: dict[tuple[str, Place], list[tuple[int, Place]]] = {}
    for hop in where.hops:
        sides.setdefault(("out", hop.start), []).append((where.at[hop.end], hop.end))
        sides.setdefault(("in", hop.end), []).append((where.at[hop.start], hop.start))
    for (side, place), lines in sides.items():
        is_pass = not isinstance(place[1], str)
        lines.sort(key=lambda one: one[0])
        step = min(7.0, 2 * _PORTS / max(1, len(lines) - 1))
        for index, (_, other) in enumerate(lines):
            found[side, place, other] = 0.0 if is_pass else step * (index - (len(lines) - 1) / 2)
    return found


def boxes(graph: Graph) -> Sequence[Node]:
    """Every box, column by column."""
    return [node for layer in Layer for node in graph.column(layer)]
