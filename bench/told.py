"""How a benchmark tells its figures: ours, the reference's, their ratio, and whether it is within its bound."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter


def line(what: str, ours: float, reference: float, unit: str, bound: float, *, at_least: bool = False) -> None:
    """One comparison. `bound` is the greatest ratio (or the least, with `at_least`) that is within the design."""
    ratio = ours / reference if reference else float("inf")
    is_within = ratio >= bound if at_least else ratio <= bound
    sign = "≥" if at_least else "≤"
    verdict = "within" if is_within else "OUTSIDE"
    compared = f"{ours:>10.2f} {unit:<6} reference {reference:>10.2f}"
    print(f"{what:<58} {compared}   ratio {ratio:5.2f} ({sign} {bound:g}: {verdict})")


def figure(what: str, value: float, unit: str, bound: float | None = None) -> None:
    """One figure of its own."""
    told = "" if bound is None else f"  (≤ {bound:g}: {'within' if value <= bound else 'OUTSIDE'})"
    print(f"{what:<58} {value:>10.2f} {unit}{told}")


def seconds(call: Callable[[], object], times: int = 7) -> float:
    """The median of several runs."""
    taken = []
    for _ in range(times):
        began = perf_counter()
        call()
        taken.append(perf_counter() - began)
    return median(taken)
