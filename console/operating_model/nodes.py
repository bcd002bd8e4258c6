"""Where everything stands in a YAML text: each value with its first and last character. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yaml.nodes import MappingNode, ScalarNode, SequenceNode
from yaml.nodes import Node as YamlNode

from console.operating_model.differ import NAMING, Text
from console.operating_model.syntax import nodes


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its place: characters `[start, end)` of the text, from 0."""

    start: int
    end: int
    column: int
    quote: str = ""
    """How a scalar is written: `'`, `"`, `|`, `>`, or "" for plainly."""
    text: str = ""
    is_map: bool = False
    is_list: bool = False
    is_flow: bool = False
    keys: tuple[str, ...] = ()
    items: tuple[tuple[int, Node], ...] = ()
    """What it holds: where each begins (a mapping's at its key), and the value."""

    @property
    def is_nothing(self) -> bool:
        """Whether nothing stands here: `key:` and no more."""
        return not (self.is_map or self.is_list or self.quote) and self.text in ("", "null", "~")


@dataclass(frozen=True, slots=True)
class Spot:
    """The deepest value on a path, what holds it, and what is left of the path."""

    node: Node
    parent: Node | None
    start: int
    rest: tuple[str, ...]


def roots(text: str) -> list[Node]:
    """The values at the top of a text: one, or one a part. Raises ModelErrors."""
    return [_node(one, text) for one in nodes(Text("model", text))]


def find(root: Node, steps: Sequence[str]) -> Spot:
    """How far a path leads; items of lists are named by their id, or by their place."""
    spot = Spot(root, None, root.start, tuple(steps))
    while spot.rest:
        place = _place(spot.node, spot.rest[0])
        if place is None:
            break
        start, node = spot.node.items[place]
        spot = Spot(node, spot.node, start, spot.rest[1:])
    return spot


def end_of(node: Node) -> int:
    """Behind the last character of a value, without the comments and lines that follow it."""
    if node.items and not node.is_flow:
        return end_of(node.items[-1][1])
    return node.end


def _place(node: Node, step: str) -> int | None:
    if node.is_map:
        return node.keys.index(step) if step in node.keys else None
    if not node.is_list:
        return None
    named = (place for place, (_, one) in enumerate(node.items) if step in _names(one))
    return next(named, int(step) if step.isdigit() and int(step) < len(node.items) else None)


def _names(node: Node) -> list[str]:
    pairs = zip(node.keys, node.items, strict=False) if node.is_map else ()
    return [value.text for key, (_, value) in pairs if key in NAMING]


def _value(key: YamlNode, node: YamlNode, text: str) -> Node:
    """The value of a key; where nothing is written, its place is behind the colon."""
    if isinstance(node, ScalarNode) and not node.value and not node.style:
        place = text.index(":", key.end_mark.index) + 1
        return Node(place, place, key.start_mark.column)
    return _node(node, text)


def _node(node: YamlNode, text: str) -> Node:
    start, end, column = node.start_mark.index, node.end_mark.index, node.start_mark.column
    if isinstance(node, ScalarNode):
        quote = node.style or ""
        if quote in ("|", ">"):
            end = len(text[:end].rstrip())
        return Node(start, end, column, quote, str(node.value))
    is_flow = isinstance(node, MappingNode | SequenceNode) and bool(node.flow_style)
    if isinstance(node, MappingNode):
        pairs = [(key, _value(key, value, text)) for key, value in node.value]
        keys = tuple(str(key.value) for key, _ in pairs)
        items = tuple((key.start_mark.index, value) for key, value in pairs)
        return Node(start, end, column, is_map=True, is_flow=is_flow, keys=keys, items=items)
    values = node.value if isinstance(node, SequenceNode) else []
    items = tuple((one.start_mark.index, _node(one, text)) for one in values)
    return Node(start, end, column, is_list=True, is_flow=is_flow, items=items)
