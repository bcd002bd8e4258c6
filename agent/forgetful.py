"""A memory for one look: what a probe keeps is gone when the look is over."""

from __future__ import annotations


class Forgetful:
    """Remembers within one process only."""

    def __init__(self) -> None:
        self._kept: dict[str, object] = {}

    def recall(self, key: str) -> object:
        """What was kept during this look."""
        return self._kept.get(key)

    def keep(self, key: str, value: object) -> None:
        """Keep it for as long as this look."""
        self._kept[key] = value
