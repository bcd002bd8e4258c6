"""Pieces of lines, and how many cells of a terminal a text takes."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line, and the tone it is said in: a status' word, `accent`, `quiet` or ""."""

    text: str
    tone: str = ""


Line = tuple[Piece, ...]


def cells(text: str) -> int:
    """How many cells wide a text is."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(char) else _wide(char) for char in text)


def fitted(text: str, width: int, fill: str = " ") -> str:
    """The text in exactly `width` cells: cut with `…`, or filled up."""
    if cells(text) > width:
        kept = ""
        for char in text:
            if cells(kept + char) > width - 1:
                break
            kept += char
        text = kept + "…" if width else ""
    return text + fill * (width - cells(text))


def _wide(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
