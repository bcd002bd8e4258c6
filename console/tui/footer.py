"""The last line: the keys that work here, as many as fit. What falls away is behind `?`, which always stands."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

Keys = Sequence[tuple[str, str]]
"""Key and label, what matters most first."""
_WIDE, _CLOSE = 3, 2


def footer(own: Keys, ways: Keys, kept: Keys, width: int) -> Content:
    """Own keys of the page, ways around, and those that are kept whatever else falls away; `width` in cells."""
    shown = [*own, *ways]
    for gap in (_WIDE, _CLOSE):
        if _length([*shown, *kept], gap) <= width:
            return _line([*own, *kept[:-1], *ways, kept[-1]], gap)
    while shown and _length([*shown, *kept], _CLOSE) > width:
        shown.pop()
    return _line([*shown[: len(own)], *kept[:-1], *shown[len(own) :], kept[-1]], _CLOSE)


def _length(keys: Keys, gap: int) -> int:
    return 1 + sum(len(key) + 1 + len(label) + gap for key, label in keys) - gap


def _line(keys: Keys, gap: int) -> Content:
    parts: list[Content] = [Content(" ")]
    for key, label in keys:
        parts += [Content(key).stylize("$accent"), Content(f" {label}{' ' * gap}")]
    return Content.assemble(*parts)
