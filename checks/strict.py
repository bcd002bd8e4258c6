"""JSON that a typed decoder would let pass and we do not: too rich, too deep, a key twice. In linear time."""

from __future__ import annotations

from itertools import chain
from typing import Any

import msgspec

MOST_DEPTH, MOST_DIGITS = 16, 100
MOST_STRUCTURE = 125_000
"""Quotes, commas, brackets and backslashes: what makes a small text dear to read. A reading has some twenty."""


def refuse_strange(body: bytes) -> None:
    """Raises ValueError for what is strange, and for what is no JSON."""
    if len(body.translate(None, _NO_STRUCTURE)) > MOST_STRUCTURE:
        raise ValueError(f"more than {MOST_STRUCTURE} quotes, commas, brackets and backslashes")
    shape = _shape(body)
    if b"1" * (MOST_DIGITS + 1) in shape:
        raise ValueError(f"a number of more than {MOST_DIGITS} digits")
    brackets = shape.translate(None, b":,1")
    for _ in range(MOST_DEPTH):
        brackets = brackets.replace(b"[]", b"")
    if brackets:
        raise ValueError(f"nested more than {MOST_DEPTH} deep, or with brackets that do not match")
    if _members(msgspec.json.decode(body)) != shape.count(b":"):
        raise ValueError("a key stands twice in one object")


def _all_but(kept: bytes) -> bytes:
    return bytes(byte for byte in range(256) if byte not in kept)


_NO_STRUCTURE, _NO_SHAPE = _all_but(b'[]{},"\\'), _all_but(b'[]{},":0123456789')
_ALIKE = bytes.maketrans(b"{}023456789", b"[]111111111")


def _shape(body: bytes) -> bytes:
    """What stands in no string: brackets, all of one kind, digits as well, colons and commas.

    Of what is no JSON, no more of it counts than what stands before the place where that shows.
    """
    if b"\\" in body:
        body = body.replace(b"\\\\", b"").replace(b'\\"', b"")
    return b"".join(body.translate(_ALIKE, _NO_SHAPE).split(b'"')[::2])


def _members(tree: object) -> int:
    """How many members all objects of a tree have: as many as there are colons, where no key stands twice."""
    count, level = 0, [tree]
    while level:
        objects: list[dict[str, Any]] = [one for one in level if type(one) is dict]
        lists: list[list[Any]] = [one for one in level if type(one) is list]
        count += sum(map(len, objects))
        level = [*chain.from_iterable(map(dict.values, objects)), *chain.from_iterable(lists)]
    return count
