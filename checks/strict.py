"""JSON that a typed decoder would let pass and we do not: too deep, a key twice, what is no number. In linear time."""

from __future__ import annotations

import json
from typing import Any

MOST_DEPTH = 16
MOST_STRUCTURE = 125_000
"""Quotes, commas, brackets and backslashes: what makes a small text dear to read. A reading has some twenty."""


def refuse_strange(body: bytes) -> None:
    """Raises ValueError or RecursionError for what is strange, and for what is no JSON."""
    if len(body.translate(None, _NO_STRUCTURE)) > MOST_STRUCTURE:
        raise ValueError(f"more than {MOST_STRUCTURE} quotes, commas, brackets and backslashes")
    brackets = _brackets(body)
    for _ in range(MOST_DEPTH):
        brackets = brackets.replace(b"[]", b"")
    if brackets:
        raise ValueError(f"nested more than {MOST_DEPTH} deep, or with brackets that do not match")
    body.decode()  # is it UTF-8? Read as that, one strange character makes four bytes of every other one
    json.loads(body.decode("latin-1"), object_pairs_hook=_look, parse_constant=_no_constant, **_NUMBERS)


def _all_but(kept: bytes) -> bytes:
    return bytes(byte for byte in range(256) if byte not in kept)


_NO_STRUCTURE, _NO_BRACKET = _all_but(b'[]{},"\\'), _all_but(b'[]{}"')
_ONE_KIND = bytes.maketrans(b"{}", b"[]")
_NUMBERS: dict[str, Any] = {"parse_int": len, "parse_float": len}
"""What a number is, whoever knows its type finds out: a thousand digits are soon skipped, and not soon computed."""


def _brackets(body: bytes) -> bytes:
    """The brackets that stand in no string, all of one kind; of what is no JSON, those before that shows."""
    if b"\\" in body:
        body = body.replace(b"\\\\", b"").replace(b'\\"', b"")
    return b"".join(body.translate(_ONE_KIND, _NO_BRACKET).split(b'"')[::2])


def _look(pairs: list[tuple[str, Any]]) -> None:
    """Look at an object's keys, and forget the object."""
    if not pairs:
        return
    keys = dict(pairs)
    if len(keys) != len(pairs):
        raise ValueError("a key stands twice in one object")
    if not "".join(keys).isascii():
        raise ValueError("a key that is not ASCII")  # é has two spellings, and would stand twice unseen


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")
