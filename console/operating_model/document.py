"""YAML documents as plain trees that know the place of everything in them: file, line and column."""

from __future__ import annotations

from dataclasses import dataclass, field

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from console.operating_model.problems import MOST_TOLD, ModelErrors, Problem
from console.operating_model.syntax import MAPPING, PLAIN, QUOTED, SEQUENCE, Source, nodes, scalar

__all__ = ["Parsed", "Path", "Source", "documents"]
Path = tuple[str | int, ...]
_TAGS = {MAPPING, PLAIN, QUOTED, SEQUENCE}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document: the plain tree of what it says, and the nodes that know where it stands."""

    name: str
    tree: dict[str, object]
    root: MappingNode
    _found: dict[int, dict[str, tuple[Node, Node]]] = field(default_factory=dict, compare=False, repr=False)
    """The keys of mappings that problems led to: a file with a thousand of them is searched once."""

    def problem(self, path: Path, text: str) -> Problem:
        """A problem at `path`, placed as near to it as the document goes."""
        file, line, column = self.place(path)
        return Problem(file, line, column, ".".join(str(step) for step in path), text)

    def place(self, path: Path) -> tuple[str, int, int]:
        """File, line and column, from 1, of the deepest node on `path` that the document has."""
        at: Node = self.root
        node: Node | None = self.root
        for step in path:
            found = self._step(node, step)
            if found is None:
                break
            at, node = found
        return _place(at)

    def _step(self, node: Node | None, step: str | int) -> tuple[Node, Node] | None:
        """Where a key or an item stands, and what it leads to."""
        if isinstance(node, MappingNode):
            if id(node) not in self._found:
                self._found[id(node)] = {key.value: (key, value) for key, value in node.value}
            return self._found[id(node)].get(str(step))
        if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            return node.value[step], node.value[step]
        return None


def documents(source: Source) -> list[Parsed]:
    """The documents of a file; empty ones are left out. Raises ModelErrors with everything that is wrong."""
    problems: list[Problem] = []
    found: list[Parsed] = []
    for root in nodes(source):
        if isinstance(root, MappingNode):
            tree = _mapping(root, problems)
            found.append(Parsed(source.name, tree, root))
        elif not (isinstance(root, ScalarNode) and root.tag == PLAIN and root.value == ""):
            problems.append(_problem(root, "is not a mapping; begin with `schema: 1`"))
    if not found and not problems:
        problems.append(Problem(source.name, 1, 1, "", "is empty or not a mapping; begin with `schema: 1`"))
    if problems:
        raise ModelErrors(problems)
    return found


def _value(node: Node, problems: list[Problem]) -> object:
    if node.tag not in _TAGS:
        if len(problems) < MOST_TOLD:
            problems.append(_problem(node, "tags (!) are not taken; write the value alone"))
        return None
    if isinstance(node, ScalarNode):
        return scalar(node.value) if node.tag == PLAIN else node.value
    if isinstance(node, SequenceNode):
        return [_value(one, problems) for one in node.value]
    return _mapping(node, problems) if isinstance(node, MappingNode) else None


def _mapping(node: MappingNode, problems: list[Problem]) -> dict[str, object]:
    tree: dict[str, object] = {}
    for key, value in node.value:
        said = _wrong_key(key, tree)
        if said and len(problems) < MOST_TOLD:
            problems.append(_problem(key, said))
        elif not said:
            tree[key.value] = _value(value, problems)
    return tree


def _wrong_key(key: Node, tree: dict[str, object]) -> str:
    if not isinstance(key, ScalarNode) or key.tag not in _TAGS:
        return "is not YAML as we take it: a key must be one word"
    if key.value == "<<" and key.tag == PLAIN:
        return "merge keys (<<) are not taken; write it out"
    return f"is not YAML as we take it: duplicate key {key.value!r}; keep one" if key.value in tree else ""


def _place(node: Node) -> tuple[str, int, int]:
    mark = node.start_mark
    return mark.name, mark.line + 1, mark.column + 1


def _problem(node: Node, text: str) -> Problem:
    return Problem(*_place(node), "", text)
