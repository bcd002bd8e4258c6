"""How fast something grows, and how sure that is: the median of all slopes between two points (Theil-Sen).

One copy or one clean-up does not bend it: up to 29 % of the points may be anything. Source: P. K. Sen, "Estimates
of the regression coefficient based on Kendall's tau", J. Am. Statistical Association 63 (1968), 1379-1389.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

_Z = 1.96
"""Two-sided 95 % of the normal distribution."""

Point = tuple[float, float]
"""An instant in seconds, and what was measured then."""


@dataclass(frozen=True, slots=True)
class Trend:
    """Growth a second, with the ends of its 95 % interval; and where the line stands at the last instant."""

    slope: float
    least: float
    most: float
    level: float


def trend(points: Sequence[Point]) -> Trend:
    """The line through three points or more, each at an instant of its own. Raises ValueError for fewer."""
    if len(points) < 3 or len({at for at, _ in points}) != len(points):
        raise ValueError("a trend needs three points at different instants")
    slopes = sorted((later[1] - one[1]) / (later[0] - one[0]) for one, later in combinations(sorted(points), 2))
    count = len(points)
    spread = _Z * math.sqrt(count * (count - 1) * (2 * count + 5) / 18)  # of Kendall's S (Sen, section 4)
    below = max(0, math.floor((len(slopes) - spread) / 2) - 1)
    above = min(len(slopes) - 1, math.ceil((len(slopes) + spread) / 2))
    slope = median(slopes)
    last = max(at for at, _ in points)
    level = median(value + slope * (last - at) for at, value in points)
    return Trend(slope, slopes[below], slopes[above], level)
