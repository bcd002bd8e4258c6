"""Pieces of SVG. What colours they have is a matter of classes, so that one drawing serves light, dark and paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from checks.text import clean


def short(value: float) -> str:
    """A coordinate without needless digits."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def rect(box: tuple[float, float, float, float], kind: str, told: str = "") -> str:
    """A filled box (x, y, width, height) of a class; `told` is what a pointer or a reader learns of it."""
    x, y, width, height = map(short, box)
    head = f'<rect x="{x}" y="{y}" width="{width}" height="{height}" class="{kind}"'
    return f"{head}><title>{safe(told)}</title></rect>" if told else f"{head}/>"


def line(points: Sequence[tuple[float, float]], kind: str) -> str:
    """A line through points."""
    path = " ".join(f"{short(x)},{short(y)}" for x, y in points)
    return f'<polyline points="{path}" class="{kind}" fill="none"/>'


def words(place: tuple[float, float], said: str, kind: str = "word", anchor: str = "start") -> str:
    """A word at a place (its base line)."""
    x, y = map(short, place)
    return f'<text x="{x}" y="{y}" class="{kind}" text-anchor="{anchor}">{safe(said)}</text>'


def picture(size: tuple[float, float], title: str, pieces: Iterable[str]) -> str:
    """One drawing, named for a reader who does not see it."""
    width, height = map(short, size)
    box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    inside = "".join(pieces)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-label="{safe(title)}" class="chart">'
    return f"{head}<title>{safe(title)}</title>{inside}</svg>"


def safe(said: str) -> str:
    """Foreign text as characters only."""
    return escape(clean(said), quote=True)
