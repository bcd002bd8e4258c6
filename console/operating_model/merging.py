"""Several documents of one client as one: mappings by id, lists one after the other, everything else said once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_origin

from yaml.nodes import MappingNode, Node, SequenceNode

from console.operating_model.document import Parsed
from console.operating_model.problems import Problem
from console.operating_model.schema.client import ClientDoc

_BY_ID = {name for name, field in ClientDoc.model_fields.items() if get_origin(field.annotation) is dict}
_LISTS = {name for name, field in ClientDoc.model_fields.items() if get_origin(field.annotation) is list}


def merged(docs: Sequence[Parsed], problems: list[Problem]) -> Parsed:
    """One document of all; the first is the client's head.

    What two of them say goes to `problems`, with both places.
    """
    head = docs[0]
    if len(docs) == 1:
        return head
    whole = _Whole(head, problems)
    for doc in docs[1:]:
        for key, value in doc.root.value:
            whole.take(doc, key, value)
    return whole.doc


class _Whole:
    """What was merged until now: each section's key, its nodes, and what they say."""

    def __init__(self, head: Parsed, problems: list[Problem]) -> None:
        self._head = head
        self._problems = problems
        self._nodes = {key.value: (key, value) for key, value in head.root.value}
        self._tree = dict(head.tree)

    @property
    def doc(self) -> Parsed:
        """One document."""
        root = self._head.root
        pairs = list(self._nodes.values())
        return Parsed(self._head.name, self._tree, MappingNode(root.tag, pairs, root.start_mark, root.end_mark))

    def take(self, doc: Parsed, key: Node, value: Node) -> None:
        """One section of a part."""
        name = key.value
        if name not in self._tree:
            self._nodes[name], self._tree[name] = (key, value), doc.tree[name]
            return
        (stood, nodes), before, more = self._nodes[name], self._tree[name], doc.tree[name]
        if name in _BY_ID and isinstance(before, dict) and isinstance(more, dict):
            self._problems += [_twice(doc, (name, id_), nodes, id_) for id_ in more if id_ in before]
            self._nodes[name], self._tree[name] = (stood, _with(nodes, value)), {**before, **more}
        elif name in _LISTS and isinstance(before, list) and isinstance(more, list):
            self._nodes[name], self._tree[name] = (stood, _with(nodes, value)), [*before, *more]
        elif name != "schema" or before != more:
            self._problems.append(_said_twice(doc, name, stood))


def _with(node: Node, more: Node) -> Node:
    kind = MappingNode if isinstance(node, MappingNode) else SequenceNode
    return kind(node.tag, [*node.value, *more.value], node.start_mark, node.end_mark)


def _twice(doc: Parsed, path: tuple[str, str], there: Node, id_: str) -> Problem:
    key = next(key for key, _ in there.value if key.value == id_)
    return doc.problem(path, f"{id_} stands in {_told(key)} already; keep one")


def _said_twice(doc: Parsed, name: str, there: Node) -> Problem:
    return doc.problem((name,), f"`{name}` stands in {_told(there)} already; say it in one file")


def _told(node: Node) -> str:
    return f"{node.start_mark.name}:{node.start_mark.line + 1}"
