"""Hostile text made safe to show: every string that a machine sent goes through `clean()`.

At intake and again where it is shown, because old rows and other sources exist (reliability.md, section 3).
"""

from __future__ import annotations

import unicodedata

_REPLACED = {"Cc", "Cs", "Co", "Cn"}
_REMOVED = {"Cf", "Zl", "Zp"}
_MOST_MARKS = 4


def clean(text: str, longest: int = 300) -> str:
    """`text` without anything a terminal, a page or a reader could be steered with, at most `longest` characters.

    Control, surrogate, private and unassigned characters become U+FFFD; format characters (bidi, zero width, tags)
    and line or paragraph separators vanish; tabs and line ends become a space; stacked combining marks are cut.
    """
    if len(text) <= longest and text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text[: 4 * longest]):
        marks = marks + 1 if unicodedata.combining(char) else 0
        safe = "" if marks > _MOST_MARKS else _safe(char)
        kept.append(safe)
    line = "".join(kept)
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _safe(char: str) -> str:
    if char in "\t\r\n":
        return " "
    category = unicodedata.category(char)
    if category in _REPLACED:
        return "\ufffd"
    return "" if category in _REMOVED else char
