"""Figures of a frozen week that late truth changed (operating-model.md, 5.1): told in a later one. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import structs

from console.pages.figures import Figure
from console.pages.week import Week
from console.pages.week_sections import Restated


def restated(frozen: Week, again: Week, told: Iterable[Restated], why: str) -> tuple[Restated, ...]:
    """What `again`, made from all that is known now, says otherwise than `frozen` and what was `told` of it since."""
    last = {one.key: one for one in frozen.figures}
    last |= {one.now.key: one.now for one in told if one.week == frozen.week}
    fresh = {one.key: one for one in again.figures}
    return tuple(
        Restated(frozen.week, bare(was), bare(fresh[key]), why)
        for key, was in last.items()
        if key in fresh and _says(was) != _says(fresh[key])
    )


def late(lines: Sequence[str], most: int = 5) -> str:
    """Which records came late, in a sentence."""
    more = f", and {len(lines) - most} more" if len(lines) > most else ""
    return "; ".join(lines[:most]) + more if lines else "what was known then is read otherwise now"


def bare(figure: Figure) -> Figure:
    """The figure without what it was made from."""
    return structs.replace(figure, inputs=())


def _says(figure: Figure) -> tuple[object, ...]:
    return figure.value, figure.low, figure.high, figure.shows, figure.verdict
