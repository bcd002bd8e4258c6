"""How a picture is written: escaped text that fits its place, colours for tones, numbers without noise."""

from __future__ import annotations

import unicodedata
from html import escape

TONES = {
    "ok": "#1b7f4b",
    "watch": "#a85f00",
    "breach": "#b3261e",
    "unknown": "#56677a",
    "accent": "#1f5fbf",
    "quiet": "#98a3af",
    "": "#22303c",
}
HUES = ("#3f6fa8", "#8a5a9e", "#2f857c", "#a8693f", "#6d7f2f", "#a34f6b")
"""Only help an eye to follow a line; no meaning hangs on them."""
_NARROW, _BROAD = frozenset("ijlft.,:;'|!()[]/ ·-"), frozenset("mwMW@%—")


def broad(text: str, size: float) -> float:
    """How wide a text is at most, in pixels, in any usual sans-serif letter of this size."""
    return size * sum(map(_em, text))


def cut(text: str, size: float, room: float) -> str:
    """The text, shortened with `…` where it is wider than `room` pixels."""
    if broad(text, size) <= room + 0.01:  # a sum of floats is not exact
        return text
    while text and broad(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, size: float, room: float) -> list[str]:
    """The text in lines that are no wider than `room` pixels."""
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and broad(longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return [cut(line, size, room) for line in lines]


def words(place: tuple[float, float], text: str, size: float, **look: str) -> str:
    """A text element; `look` are its attributes, `_` for `-`."""
    said = "".join(f' {name.replace("_", "-")}="{escape(value)}"' for name, value in look.items())
    return f'<text x="{short(place[0])}" y="{short(place[1])}" font-size="{size:g}"{said}>{escape(text)}</text>'


def short(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def _em(char: str) -> float:
    if char in _NARROW:
        return 0.4
    if char in _BROAD:
        return 1.0
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.1
    return 0.78 if char.isupper() or not char.isascii() else 0.65
