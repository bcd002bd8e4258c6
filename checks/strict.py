"""JSON that a typed decoder would let pass and we do not: too deep, a key twice, what is no number. In linear time."""

from __future__ import annotations

import json
import re
from typing import Any

MOST_DEPTH = 16
_STRING = re.compile(rb'(?s)"(?:[^"\\]++|(?:\\.)++)*+(?:"|\\?\Z)')
"""A string, to its end or to that of the text, in one go: text that is looked at twice holds up everybody."""
_NO_BRACKET = bytes(byte for byte in range(256) if byte not in b"[]{}")


def refuse_strange(body: bytes) -> None:
    """Raises ValueError or RecursionError for what is strange, and for what is no JSON."""
    depth = 0
    for bracket in _STRING.sub(b"", body).translate(None, _NO_BRACKET):
        depth += 1 if bracket in b"[{" else -1
        if depth > MOST_DEPTH:
            raise ValueError(f"nested more than {MOST_DEPTH} deep")
    json.loads(body, object_pairs_hook=_no_duplicates, parse_constant=_no_constant)


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree = dict(pairs)
    if len(tree) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return tree


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")
