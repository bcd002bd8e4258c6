"""The blueprint where there is no room for columns: each service with who does it and what it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from console.operating_model.draw.cells import Line, Piece
from console.operating_model.draw.graph import HEADS, Edge, Graph, Key, Layer, Node
from console.operating_model.draw.marks import CHOSEN, Marks
from console.operating_model.draw.text import Drawing, boxed

_UNDER = {"needs": "needs", "uses": "uses", "runs on": "on", "contract": "by"}
_LETTERS = {"answers": "A", "does": "R"}


@dataclass(frozen=True, slots=True)
class _Known:
    """The graph by what is asked of it."""

    marks: Marks
    nodes: dict[Key, Node]
    starting: dict[Key, list[Edge]]
    ending: dict[Key, list[Edge]]


def outline(graph: Graph, marks: Marks) -> Drawing:
    """One line a thing, every box at least once."""
    known = _Known(marks, {node.key: node for node in graph.nodes}, {}, {})
    for edge in graph.edges:
        known.starting.setdefault(edge.start, []).append(edge)
        known.ending.setdefault(edge.end, []).append(edge)
    lines: list[Line] = []
    about: list[str] = []
    for layer in (Layer.SERVICES, Layer.PROCESSES):
        for node in graph.column(layer):
            part = [_headed(known, node), *_people(known, node), *_below(known, node.key)]
            lines += [*part, (Piece(""),)]
            about += [node.key[1]] * len(part) + [""]
    joined = known.starting.keys() | known.ending.keys()
    for layer in (Layer.PEOPLE, Layer.HOSTS, Layer.SUPPLIERS):
        loose = [node for node in graph.column(layer) if node.key not in joined]
        if loose:
            lines += [(Piece(f"  {HEADS[layer].lower()} without a line", "quiet"),)]
            lines += [_headed(known, node) for node in loose]
            about += [""] * (len(loose) + 1)
    return Drawing(tuple(lines), tuple(about))


def _headed(known: _Known, node: Node) -> Line:
    name, note = boxed(node, known.marks)
    return name, Piece(f"  {note.text.strip()}", note.tone)


def _people(known: _Known, node: Node) -> Iterator[Line]:
    """Who answers and who does it; of what is chosen, everybody who has a letter."""
    chosen = known.marks.nodes.get(node.key)
    if chosen is not None and chosen.sign == CHOSEN:
        for key, mark in known.marks.nodes.items():
            if key in known.nodes and key[0] in (Layer.PEOPLE, Layer.SUPPLIERS):
                yield Piece(f"    {mark.words:<4}", mark.tone), Piece(known.nodes[key].name, mark.tone)
        return
    for kind, letter in _LETTERS.items():
        here = [edge for edge in known.ending.get(node.key, ()) if edge.kind == kind]
        names = ", ".join(known.nodes[edge.start].name for edge in here)
        if names:
            tone = known.marks.tone if known.marks.lit.intersection(here) else ""
            yield Piece("    "), Piece(f"{letter} ", "accent"), Piece(names, tone)


def _below(known: _Known, start: Key) -> Iterator[Line]:
    here = known.starting.get(start, [])
    for number, edge in enumerate(here):
        branch = "└" if number == len(here) - 1 else "├"
        name, note = boxed(known.nodes[edge.end], known.marks)
        under = known.starting.get(edge.end, ()) if edge.end[0] is Layer.HOSTS else ()
        further = (f"{_UNDER[one.kind]} {known.nodes[one.end].name}" for one in under)
        said = " · ".join((note.text.strip(), *further))
        yield Piece(f"    {branch} {_UNDER[edge.kind]:<6}", "quiet"), name, Piece(f"  {said}", note.tone)
