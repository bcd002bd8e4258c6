"""The blueprint as text: five columns of two-row boxes with lines between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from console.operating_model.draw.cells import Line, Piece, cells, fitted
from console.operating_model.draw.graph import HEADS, Edge, Graph, Key, Layer, Node, Place
from console.operating_model.draw.layout import Layout, layout
from console.operating_model.draw.marks import Marks
from console.operating_model.draw.wires import Wire, channel

_WIDEST, _NOTE = 21, 14
_CHANNELS = tuple(Layer)[:-1]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Nine pieces a line: column, channel, column … `about` is the service or process of each line, or ""."""

    lines: tuple[Line, ...]
    about: tuple[str, ...]

    @property
    def widths(self) -> tuple[int, ...]:
        """How many cells wide each column and channel is."""
        return tuple(cells(piece.text) for piece in self.lines[0])


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is drawn, and where."""

    graph: Graph
    marks: Marks
    where: Layout

    @property
    def height(self) -> int:
        return 2 * self.where.height

    def row(self, place: Place) -> int:
        return 2 * self.where.at[place]


def drawing(graph: Graph, marks: Marks) -> Drawing:
    """The five columns and the lines between them, under a line of heads."""
    sheet = _Sheet(graph, marks, layout(graph))
    strips: list[list[Piece]] = []
    for layer in Layer:
        wires = tuple(_wires(sheet, layer))
        strips.append(_column(sheet, layer, _fed(wires)))
        if layer in _CHANNELS:
            strips.append(_channel(sheet, wires))
    return Drawing(tuple(zip(*strips, strict=True)), ("", *_about(sheet)))


def _fed(wires: Sequence[Wire]) -> dict[int, str]:
    """The rows from which a line leaves, and what it is drawn with."""
    return {row: "━" if row in wire.lit else "─" for wire in wires for row in wire.feeds}


def _column(sheet: _Sheet, layer: Layer, fed: Mapping[int, str]) -> list[Piece]:
    """Head, then boxes; a row from which a line leaves is filled up with it. Names set the width, notes are cut."""
    nodes = {sheet.row(node.key): node for node in sheet.graph.column(layer)}
    said: dict[int, Piece] = {}
    for row, node in nodes.items():
        said[row], said[row + 1] = boxed(node, sheet.marks)
    head = f"  {HEADS[layer].upper()}" if nodes else ""
    widths = [min(cells(piece.text), _WIDEST if row in nodes else _NOTE) for row, piece in said.items()]
    width = max([cells(head), *widths]) + (layer in _CHANNELS and (bool(nodes) or _is_passed(sheet, layer)))
    through = {sheet.row(one): one for one in sheet.where.at if one[0] is layer and not isinstance(one[1], str)}
    rows = [Piece(fitted(head, width), "quiet")]
    for row in range(sheet.height):
        if row in through:
            rows.append(_through(sheet, through[row], "─" * (width - 1) + "┐"))
        elif row - 1 in through:
            rows.append(_through(sheet, through[row - 1], " " * (width - 1) + "└"))
        else:
            piece = said.get(row, Piece(""))
            room = width - (layer in _CHANNELS)
            text = fitted(piece.text, room) if cells(piece.text) >= room else f"{piece.text} "
            rows.append(Piece(fitted(text, width, fed.get(row, " ")), piece.tone))
    return rows


def _is_passed(sheet: _Sheet, layer: Layer) -> bool:
    return any(place[0] is layer for place in sheet.where.at)


def boxed(node: Node, marks: Marks) -> tuple[Piece, Piece]:
    """Name and note of a box, in the tone that its mark or the lit lines at it give."""
    mark = marks.nodes.get(node.key)
    if mark is not None:
        return Piece(f"{mark.sign or ' '} {node.name}", mark.tone), Piece(f"  {mark.words}", mark.tone)
    lit = any(node.key in (edge.start, edge.end) for edge in marks.lit)
    tone = marks.tone if lit else "quiet" if marks.lit else ""
    return Piece(f"  {node.name}", tone), Piece(f"  {node.note}", tone or "quiet")


def _through(sheet: _Sheet, place: Place, text: str) -> Piece:
    lit = any(edge in sheet.marks.lit for hop in sheet.where.hops if hop.end == place for edge in hop.edges)
    return Piece(text.translate(_HEAVIER) if lit else text, sheet.marks.tone if lit else "quiet")


_HEAVIER = str.maketrans("─┐└", "━┓┗")


def _channel(sheet: _Sheet, wires: Sequence[Wire]) -> list[Piece]:
    drawn = channel(wires, sheet.height)
    width = len(drawn.lines[0]) if drawn.lines else 0
    rows = [Piece(line, sheet.marks.tone if row in drawn.lit else "quiet") for row, line in enumerate(drawn.lines)]
    return [Piece(" " * width), *rows]


def _wires(sheet: _Sheet, layer: Layer) -> Iterator[Wire]:
    """What leaves the boxes of a column: to the next one, and back into its own."""
    where, lit = sheet.where, sheet.marks.lit
    ends: dict[Place, dict[Place, Sequence[Edge]]] = {}
    for hop in where.hops:
        if hop.start[0] is layer:
            ends.setdefault(hop.start, {})[hop.end] = hop.edges
    for start, arriving in ends.items():
        rows = {sheet.row(end): edges for end, edges in arriving.items()}
        lit_rows = {row for row, edges in rows.items() if lit.intersection(edges)}
        yield Wire(
            feeds=(sheet.row(start) + 1,),
            right=tuple(rows),
            lit=frozenset({*lit_rows, sheet.row(start) + 1} if lit_rows else ()),
            soft=frozenset(row for row, edges in rows.items() if all(edge.is_soft for edge in edges)),
            through=frozenset(sheet.row(end) for end in arriving if not isinstance(end[1], str)),
        )
    yield from _back(sheet, layer)


def _back(sheet: _Sheet, layer: Layer) -> Iterator[Wire]:
    starts: dict[Key, list[Edge]] = {}
    for edge in sheet.graph.edges:
        if edge.is_inside and edge.start[0] is layer:
            starts.setdefault(edge.end, []).append(edge)
    for end, edges in starts.items():
        lit_rows = {sheet.row(edge.start) for edge in edges if edge in sheet.marks.lit}
        yield Wire(
            feeds=tuple(sheet.row(edge.start) for edge in edges),
            back=(sheet.row(end),),
            lit=frozenset({*lit_rows, sheet.row(end)} if lit_rows else ()),
            soft=frozenset({sheet.row(end)} if all(edge.is_soft for edge in edges) else ()),
        )


def _about(sheet: _Sheet) -> Iterator[str]:
    """The service of each row, or its process; where both stand there, the process has the second row."""
    named: dict[int, str] = {}
    for layer in (Layer.PROCESSES, Layer.SERVICES):
        for node in sheet.graph.column(layer):
            row = sheet.row(node.key)
            named[row] = node.key[1]
            named.setdefault(row + 1, node.key[1])
    return (named.get(row, "") for row in range(sheet.height))
