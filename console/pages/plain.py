"""A page's value as JSON has it, wherever it leaves the house: instants as RFC 3339 in UTC, everything else as it is.

In memory an instant is a whole number of seconds; the name of its field says that it is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

_NAMES = frozenset({"at", "until", "now", "since", "start", "end", "last_seen", "last_good", "oldest_evidence"})
SERIES = frozenset({"burn", "points"})
"""Fields that hold pairs of an instant and a number."""


def plain(value: object, key: str = "") -> Any:  # noqa: ANN401 - a JSON tree
    """A value as a JSON tree."""
    if isinstance(value, Struct):
        return {name: plain(getattr(value, name), name) for name in value.__struct_fields__}
    if isinstance(value, Mapping):
        return {str(name): plain(one, str(name)) for name, one in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [_pair(one) if key in SERIES else plain(one) for one in value]
    if isinstance(value, int) and not isinstance(value, bool) and is_instant(key):
        return instant(value)
    return value


def _pair(one: object) -> Any:  # noqa: ANN401 - a JSON tree
    is_pair = isinstance(one, tuple) and len(one) == 2 and isinstance(one[0], int)
    return [instant(one[0]), one[1]] if is_pair and isinstance(one, tuple) else plain(one)


def is_instant(key: str) -> bool:
    """Whether a whole number in a field of this name is an instant."""
    return key in _NAMES or key.endswith(("_at", "_until"))


def instant(seconds: int | None) -> str:
    """RFC 3339 in UTC; "" where there is none."""
    return "" if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
