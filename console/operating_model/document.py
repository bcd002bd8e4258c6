"""One YAML document with the place of everything in it. Strict: duplicate keys, aliases and huge files are refused."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.tokens import AliasToken

from console.operating_model.problems import ModelErrors, Problem

MOST_BYTES = 1 << 20
Path = tuple[str | int, ...]


class Source(Protocol):
    """A file as written."""

    @property
    def name(self) -> str:
        """What a person calls it."""

    @property
    def text(self) -> str:
        """Its content."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document as a tree that knows where its nodes stand."""

    name: str
    tree: CommentedMap

    def problem(self, path: Path, text: str) -> Problem:
        """A problem at `path`, placed as near to it as the document goes."""
        line, column = _place(self.tree, path)
        return Problem(self.name, line + 1, column + 1, ".".join(str(step) for step in path), text)


def parsed(source: Source) -> Parsed:
    """The document. Raises ModelErrors where it is not YAML as we take it."""
    if len(source.text.encode("utf-8", "replace")) > MOST_BYTES:
        raise ModelErrors([Problem(source.name, 1, 1, "", f"larger than {MOST_BYTES} bytes; split the model")])
    yaml = YAML(typ="rt")
    try:
        _refuse_aliases(yaml, source)
        tree = yaml.load(source.text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        said = " ".join(str(part) for part in (error.context, error.problem) if part)
        raise ModelErrors([Problem(source.name, line, column, "", f"is not YAML as we take it: {said}")]) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise ModelErrors([Problem(source.name, 1, 1, "", f"is not YAML as we take it: {error}")]) from error
    if not isinstance(tree, CommentedMap):
        raise ModelErrors([Problem(source.name, 1, 1, "", "is empty or not a mapping; begin with `schema: 1`")])
    return Parsed(source.name, tree)


def _refuse_aliases(yaml: YAML, source: Source) -> None:
    for token in yaml.scan(io.StringIO(source.text)):
        if isinstance(token, AliasToken):
            mark = token.start_mark
            text = "anchors and aliases (&, *) are not taken; write it out"
            raise ModelErrors([Problem(source.name, mark.line + 1, mark.column + 1, "", text)])


def _place(tree: CommentedMap, path: Path) -> tuple[int, int]:
    """Line and column, from 0, of the deepest node on `path` that the document has."""
    place = (tree.lc.line or 0, tree.lc.col or 0)
    node: object = tree
    for step in path:
        if isinstance(node, CommentedMap) and step in node:
            place = node.lc.key(step)
        elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
            place = node.lc.item(step)
        else:
            break
        node = node[step]
    return place


def plain(node: object) -> object:
    """The tree without places: dicts, lists and scalars."""
    if isinstance(node, dict):
        return {key if isinstance(key, str) else str(key): plain(value) for key, value in node.items()}
    if isinstance(node, Sequence) and not isinstance(node, str):
        return [plain(one) for one in node]
    return node
