"""Values written as YAML on one line, the way a person would: plain where that says the same, quoted else. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

from console.operating_model.differ import Text
from console.operating_model.document import documents
from console.operating_model.problems import ModelErrors

_PLAIN = re.compile(r"\w[\w ./%@+-]*")
_WORDS = {"yes", "no", "on", "off", "true", "false", "null"}
"""What some readers of YAML take for a truth."""


def flow(value: object) -> str:
    """A value on one line, in brackets where it holds others."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, str):
        return value if _is_plain(value) else _quoted(value)
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(flow, value)) + "]"
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def like(quote: str, value: object) -> str:
    """A value in the place of one that was written with this quote."""
    if isinstance(value, str) and quote == '"':
        return _quoted(value)
    if isinstance(value, str) and quote == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return flow(value)


def block(key: str, value: object) -> str:
    """A section at the left edge: its items a line each."""
    if isinstance(value, Mapping) and value:
        return f"{flow(key)}:" + "".join(f"\n  {flow(name)}: {flow(one)}" for name, one in value.items())
    if isinstance(value, Sequence) and value and not isinstance(value, str):
        return f"{flow(key)}:" + "".join(f"\n  - {flow(one)}" for one in value)
    return f"{flow(key)}: {flow(value)}"


def read(text: str) -> object:
    """A value as it would be read behind a key. Raises ModelErrors."""
    first, *more = documents(Text("value", f"value: {text}"))
    return text if more or len(first.tree) > 1 else first.tree["value"]


def said(text: str) -> object:
    """A value as a person writes it after `=`: YAML in brackets, a number, a truth, else text. Raises ModelErrors.

    `Work: all of it` is text here, though a file would read it as a mapping.
    """
    if text.lstrip()[:1] in ("{", "["):
        return read(text)
    try:
        value = read(text)
    except ModelErrors:
        return text
    return text if isinstance(value, Mapping | list) else value


def _quoted(text: str) -> str:
    """In double quotes; what a reader of YAML may refuse is written as an escape."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    return char if char.isprintable() else f"\\U{ord(char):08x}"


def _is_plain(text: str) -> bool:
    if not _PLAIN.fullmatch(text) or text != text.strip() or text.casefold() in _WORDS:
        return False
    try:
        return bool(read(text) == text)
    except ModelErrors:
        return False
