"""The blueprint where there is no room for columns: each service with who does it and what it stands on."""

from __future__ import annotations

from collections.abc import Iterator

from console.operating_model.draw.cells import Line, Piece
from console.operating_model.draw.graph import HEADS, Edge, Graph, Key, Layer, Node
from console.operating_model.draw.marks import CHOSEN, Marks
from console.operating_model.draw.text import Drawing, boxed

_UNDER = {"needs": "needs", "uses": "uses", "runs on": "on", "contract": "by"}


def outline(graph: Graph, marks: Marks) -> Drawing:
    """One line a thing, every box at least once."""
    lines: list[Line] = []
    about: list[str] = []
    nodes = {node.key: node for node in graph.nodes}
    for layer in (Layer.SERVICES, Layer.PROCESSES):
        for node in graph.column(layer):
            part = [_headed(node, marks), *_people(graph, nodes, node, marks), *_below(graph, nodes, node.key, marks)]
            lines += [*part, (Piece(""),)]
            about += [node.key[1]] * len(part) + [""]
    for layer, loose in _loose(graph):
        lines += [(Piece(f"  {HEADS[layer].lower()} without a line", "quiet"),)]
        lines += [_headed(node, marks) for node in loose]
        about += [""] * (len(loose) + 1)
    return Drawing(tuple(lines), tuple(about))


def _headed(node: Node, marks: Marks) -> Line:
    name, note = boxed(node, marks)
    return name, Piece(f"  {note.text.strip()}", note.tone)


def _people(graph: Graph, nodes: dict[Key, Node], node: Node, marks: Marks) -> Iterator[Line]:
    chosen = marks.nodes.get(node.key)
    if chosen is not None and chosen.sign == CHOSEN:
        for key, mark in marks.nodes.items():
            if key in nodes and key[0] in (Layer.PEOPLE, Layer.SUPPLIERS):
                yield Piece(f"    {mark.words:<4}", mark.tone), Piece(nodes[key].name, mark.tone)
        return
    for kind in ("answers", "does"):
        here = [edge for edge in graph.edges if edge.end == node.key and edge.kind == kind]
        names = ", ".join(nodes[edge.start].name for edge in here)
        if names:
            lit = bool(marks.lit.intersection(here))
            word = {"answers": "A", "does": "R"}[kind]
            yield Piece("    "), Piece(f"{word} ", "accent"), Piece(names, marks.tone if lit else "")


def _below(graph: Graph, nodes: dict[Key, Node], start: Key, marks: Marks) -> Iterator[Line]:
    here = [edge for edge in graph.edges if edge.start == start and edge.end in nodes]
    for number, edge in enumerate(here):
        branch = "└" if number == len(here) - 1 else "├"
        name, note = boxed(nodes[edge.end], marks)
        further = [_further(nodes, one) for one in graph.edges if one.start == edge.end and edge.end[0] is Layer.HOSTS]
        said = " · ".join([note.text.strip(), *further])
        yield Piece(f"    {branch} {_UNDER[edge.kind]:<6}", "quiet"), name, Piece(f"  {said}", note.tone)


def _further(nodes: dict[Key, Node], edge: Edge) -> str:
    return f"{_UNDER[edge.kind]} {nodes[edge.end].name}"


def _loose(graph: Graph) -> Iterator[tuple[Layer, list[Node]]]:
    """What is joined with nothing, by column."""
    joined = {key for edge in graph.edges for key in (edge.start, edge.end)}
    for layer in (Layer.PEOPLE, Layer.HOSTS, Layer.SUPPLIERS):
        found = [node for node in graph.column(layer) if node.key not in joined]
        if found:
            yield layer, found
