"""A share of things (or seconds): how many are good, how many are known, how many nobody knows (3.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from checks.wording import percent
from console.service_levels.availability import NO_DATA, NOTHING_DUE


@dataclass(frozen=True, slots=True)
class Share:
    """`good` of `known`, and beside them `unknown` ones that may be either."""

    good: int
    known: int
    unknown: int = 0

    @property
    def value(self) -> Fraction | None:
        """Of what is known; None where nothing is."""
        return Fraction(self.good, self.known) if self.known else None

    @property
    def low(self) -> Fraction | None:
        """If everything unknown had been bad; None where nothing was due."""
        whole = self.known + self.unknown
        return Fraction(self.good, whole) if whole else None

    @property
    def high(self) -> Fraction | None:
        """If everything unknown had been good."""
        whole = self.known + self.unknown
        return Fraction(self.good + self.unknown, whole) if whole else None

    @property
    def shows(self) -> str:
        """As a reader sees it, rounded down: `nothing due` and `no data` are answers too."""
        if self.value is None:
            return NO_DATA if self.unknown else NOTHING_DUE
        return percent(self.value)

    def verdict(self, target: Fraction | None) -> str:
        """`met`, `missed` or `unproven` where higher is better; "" where nothing was promised or due."""
        if target is None or self.low is None or self.high is None:
            return ""
        if self.low >= target:
            return "met"
        return "missed" if self.high < target else "unproven"


def pooled(shares: Iterable[Share]) -> Share:
    """Sum over sum, never the mean of percentages (3.1)."""
    whole = list(shares)
    return Share(sum(one.good for one in whole), sum(one.known for one in whole), sum(one.unknown for one in whole))


def percent_up(share: Fraction) -> str:
    """`38.89 %`: two decimals, rounded up, for a share of which less is better."""
    hundredths = -(-share.numerator * 10_000 // share.denominator)
    return f"{hundredths // 100}.{hundredths % 100:02d} %"


def percent_half_up(share: Fraction) -> str:
    """`85.00 %`: two decimals, half up, for a share that should lie in a range (3.6)."""
    hundredths = (share.numerator * 20_000 + share.denominator) // (2 * share.denominator)
    return f"{hundredths // 100}.{hundredths % 100:02d} %"
