"""YAML as we take it: text in, nodes that know their places out, in libyaml's speed.

Strict: no anchors, aliases, merge keys or tags; nothing deeper than 32; control characters and huge files are refused.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Protocol

from yaml._yaml import CParser
from yaml.error import MarkedYAMLError, YAMLError
from yaml.nodes import MappingNode, Node, ScalarNode
from yaml.tokens import AliasToken, AnchorToken

from console.operating_model.problems import ModelErrors, Problem

MOST_BYTES = 8 << 20
DEEPEST = 32
PLAIN, QUOTED, SEQUENCE, MAPPING = "plain", "quoted", "sequence", "mapping"
"""Tags of nodes: how a scalar stands in the file decides what it may mean."""

_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PERHAPS_ANCHOR = re.compile(r"(?:^|[\s\[{,:?\ufeff-])[&*]\S", re.MULTILINE)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(\.[0-9]{1,16})?")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Source(Protocol):
    """A file as written."""

    @property
    def name(self) -> str:
        """What a person calls it."""

    @property
    def text(self) -> str:
        """Its content."""


class _Named(io.StringIO):
    """A text whose nodes remember the file that they stand in."""

    def __init__(self, source: Source) -> None:
        super().__init__(source.text, newline="")
        self.name = source.name


class _Parser(CParser):
    """libyaml's composer. It asks us for every node's tag, and tells us when it goes down and up."""

    def __init__(self, source: Source) -> None:
        super().__init__(_Named(source))
        self._depth = 0

    def resolve(self, kind: type[Node], _: str | None, implicit: tuple[bool, bool]) -> str:
        """The tag of a node that names none."""
        if kind is ScalarNode:
            return PLAIN if implicit[0] else QUOTED
        return MAPPING if kind is MappingNode else SEQUENCE

    def descend_resolver(self, parent: Node | None, _: object) -> None:
        """One level down."""
        self._depth += 1
        if self._depth > DEEPEST and parent is not None:
            raise MarkedYAMLError(problem=f"nested deeper than {DEEPEST}", problem_mark=parent.start_mark)

    def ascend_resolver(self) -> None:
        """One level up."""
        self._depth -= 1


def nodes(source: Source) -> list[Node]:
    """The documents of a text, each as its root. Raises ModelErrors where it is not YAML as we take it."""
    _refuse_bytes(source)
    try:
        _refuse_anchors(source)
        return list(_composed(source))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        said = " ".join(str(part) for part in (error.context, error.problem) if part)
        raise ModelErrors([Problem(source.name, line, column, "", f"is not YAML as we take it: {said}")]) from error
    except YAMLError as error:
        raise ModelErrors([Problem(source.name, 1, 1, "", f"is not YAML as we take it: {error}")]) from error


def scalar(word: str) -> str | int | float | bool | None:
    """What a plain scalar means: a number only where it would be written back the same, else its text.

    So `on`, `yes`, `12:30`, `0o17`, `007` and `1.10` stay as they are; the schema reads dates and durations from text.
    """
    if word in _WORDS:
        return _WORDS[word]
    found = _NUMBER.fullmatch(word)
    if found is None or word == "-0":
        return word
    if found[1] is None:
        return int(word)
    return float(word) if repr(float(word)) == word else word


def _refuse_bytes(source: Source) -> None:
    text = source.text
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "replace")) > MOST_BYTES:
        said = f"is larger than {MOST_BYTES >> 20} MiB; take out what is no part of the model"
        raise ModelErrors([Problem(source.name, 1, 1, "", said)])
    found = _NOT_TEXT.search(text)
    if found:
        line, column = place_of(text, found.start())
        said = f"holds the character U+{ord(found[0]):04X}, which no text has; save it as UTF-8 text"
        raise ModelErrors([Problem(source.name, line, column, "", said)])


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _refuse_anchors(source: Source) -> None:
    """Look closely, token by token, only where something looks like an anchor."""
    if not _PERHAPS_ANCHOR.search(source.text):
        return
    parser = _Parser(source)
    while (token := parser.get_token()) is not None:
        if isinstance(token, AliasToken | AnchorToken):
            said = "anchors and aliases (&, *) are not taken; write it out"
            raise MarkedYAMLError(problem=said, problem_mark=token.start_mark)


def _composed(source: Source) -> Iterator[Node]:
    parser = _Parser(source)
    try:
        while parser.check_node():
            node = parser.get_node()
            if node is not None:
                yield node
    finally:
        parser.dispose()
