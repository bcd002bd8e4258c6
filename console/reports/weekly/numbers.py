"""Makes a Figure of a share, a time or a count: rounded so that it never flatters, with its bounds and its light."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from console.pages.figures import Exact, Figure, Input
from console.reports.weekly.spoken import exactly
from console.service_levels.kpis.help import Spread, half_up
from console.service_levels.kpis.share import Share, percent_up

LIGHTS = {"met": "ok", "unproven": "watch", "missed": "missed"}
NONE = "none"


@dataclass(frozen=True, slots=True)
class Called:
    """What tells one figure from the others."""

    kpi: str
    name: str
    about: str = ""
    span: str = "week"


def share_figure(
    called: Called, share: Share, target: Fraction | None = None, inputs: tuple[Input, ...] = (), note: str = ""
) -> Figure:
    """A share of which more is better, against a target."""
    verdict = share.verdict(target)
    return Figure(
        kpi=called.kpi,
        name=called.name,
        about=called.about,
        span=called.span,
        shows=share.shows,
        unit="%",
        value=(share.good, share.known) if share.known else None,
        low=_bound(share, share.good),
        high=_bound(share, share.good + share.unknown),
        target="" if target is None else f"{float(target * 100):g} %",
        verdict=verdict,
        light=LIGHTS.get(verdict, ""),
        note=note,
        inputs=inputs,
    )


def _bound(share: Share, good: int) -> Exact | None:
    whole = share.known + share.unknown
    return (good, whole) if whole else None


def less_figure(
    called: Called, share: Share, target: Fraction | None = None, inputs: tuple[Input, ...] = (), note: str = ""
) -> Figure:
    """A share of which less is better: rounded up, met up to its target."""
    value = share.value
    verdict = "" if target is None or value is None else "met" if value <= target else "missed"
    return Figure(
        kpi=called.kpi,
        name=called.name,
        about=called.about,
        span=called.span,
        shows=share.shows if value is None else percent_up(value),
        unit="%",
        value=(share.good, share.known) if share.known else None,
        target="" if target is None else f"{float(target * 100):g} %",
        verdict=verdict,
        light=LIGHTS.get(verdict, ""),
        note=note,
        inputs=inputs,
    )


def time_figures(kpi: str, name: str, about: str, spread: Spread, inputs: tuple[Input, ...] = ()) -> tuple[Figure, ...]:
    """Mean, median and P90 of times in seconds, each a figure; `none` where there are none."""
    found = (("mean", spread.mean), ("median", spread.median), ("P90", spread.p90))
    return tuple(
        Figure(
            kpi=kpi,
            name=f"{name}, {word}",
            about=about,
            shows=NONE if value is None else exactly(half_up(value)),
            unit="s",
            value=None if value is None else (value.numerator, value.denominator),
            inputs=inputs,
        )
        for word, value in found
    )


def count_figure(called: Called, count: int, unit: str = "", inputs: tuple[Input, ...] = (), note: str = "") -> Figure:
    """A whole number."""
    return Figure(
        kpi=called.kpi,
        name=called.name,
        about=called.about,
        span=called.span,
        shows=str(count),
        unit=unit,
        value=(count, 1),
        note=note,
        inputs=inputs,
    )
