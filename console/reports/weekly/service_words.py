"""How the figures of a service are said: budgets, targets, stretches of time. Nothing flatters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from zoneinfo import ZoneInfo

from checks.reading import Instant
from checks.wording import percent
from console.reports.wording import moment
from console.service_levels.availability import NOTHING_DUE
from console.service_levels.budgets import Budget, Promised
from console.service_levels.intervals import Intervals
from console.service_levels.kpis.share import percent_up
from console.service_levels.lights import Judged

UNKNOWN = "not known"
_MOST_LINES = 40
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def exactly(seconds: int, up: bool = False) -> str:
    """`12 min 55 s`, `1 h 45 min`: to the second below an hour, to the minute above it, rounded down, or up."""
    if seconds < 3600:
        minutes, rest = divmod(seconds, 60)
        words = [f"{minutes} min"] * bool(minutes) + [f"{rest} s"] * bool(rest or not minutes)
        return " ".join(words)
    minutes = -(-seconds // 60) if up else seconds // 60
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def hundredths(share: Fraction) -> str:
    """`-1.91 %`: two decimals, always rounded down."""
    return percent(share) if share >= 0 else f"-{percent(Fraction(-floor(share * 10_000), 10_000))}"


def promised(target: Fraction | None) -> str:
    """`99.50 %`; more decimals where the promise has them; "" where there is none."""
    if target is None:
        return ""
    return percent(target) if (target * 10_000).denominator == 1 else f"{float(target) * 100:.6g} %"


def promised_over(target: Fraction | None, ladder: Promised) -> str:
    """As `promised`; where the promise changed inside the window, the mean of both, rounded up to two decimals.

    Up, because a promise that is said smaller than it was flatters what was delivered.
    """
    return percent_up(target) if target is not None and is_mean(target, ladder) else promised(target)


def finely(share: Fraction, up: bool = False) -> str:
    """`99.800083 %`: six decimals tell one second of four weeks from the next; a target is rounded up."""
    millionths = ceil(share * 100_000_000) if up else floor(share * 100_000_000)
    return f"{millionths // 1_000_000}.{millionths % 1_000_000:06d} %"


def is_mean(target: Fraction, ladder: Promised) -> bool:
    """Whether it stands nowhere in the model, but between two targets that do."""
    return all(target != one for _, one in ladder)


def left_short(left: Budget | None, with_share: bool = True) -> str:
    """`5 min 22 s (13 %)`, `none, 2 min over`, `all`; "" where nothing was promised."""
    if left is None:
        return ""
    if not left.lost:
        return "all"
    if left.left <= 0 or left.share is None:
        over = f", {exactly(-left.left, up=True)} over" if left.left and left.seconds else ""
        return f"none{over}" if left.seconds else "exhausted"
    return exactly(left.left) + (f" ({floor(left.share * 100)} %)" if with_share else "")


def left_of(judged: Judged, with_share: bool = True) -> str:
    """As `left_short`, and never better than what is known: `nothing due`, `not known`, `not proven`."""
    if judged.budget is None:
        return ""
    if judged.is_unseen:
        return UNKNOWN if judged.figures.eligible or judged.is_blind else NOTHING_DUE
    if judged.is_unproven_budget:
        return "not proven"
    return left_short(judged.budget, with_share)


def left_long(left: Budget) -> str:
    """`12 min 55 s left (12.31 %)`, `overspent 2 min (-1.91 %)`, `exhausted`."""
    if left.share is None or not left.seconds:
        return "exhausted" if left.lost else "nothing may be lost, and nothing was"
    share = f" ({hundredths(left.share)})"
    return f"overspent {exactly(-left.left, up=True)}{share}" if left.left < 0 else f"{exactly(left.left)} left{share}"


def beside(judged: Judged, light: str) -> str:
    """What stands beside a light: `unproven, 30 min unseen`, or its word."""
    if judged.verdict == "unproven":
        return f"unproven, {exactly(judged.figures.unknown, up=True)} unseen"
    return {"ok": "OK", "watch": "WATCH", "missed": "MISSED"}.get(light, "")


def stretches(intervals: Intervals, zone: ZoneInfo) -> tuple[str, ...]:
    """A line for each stretch, in local time; the last one says how many were left out."""
    lines = list(_lines(intervals[:_MOST_LINES], zone))
    if len(intervals) > _MOST_LINES:
        lines.append(f"and {len(intervals) - _MOST_LINES} more")
    return tuple(lines)


@lru_cache(maxsize=1 << 12)
def stretch(start: Instant, end: Instant, zone: ZoneInfo) -> str:
    """`Tue 10 Nov 09:10 to 09:52`; seconds and days where they are needed."""
    first, last = datetime.fromtimestamp(start, zone), datetime.fromtimestamp(end, zone)
    is_exact = bool(start % 60 or end % 60)
    day = "" if first.date() == last.date() else _day(last)
    return f"{_day(first)}{_hour(first, is_exact)} to {day}{_hour(last, is_exact)}"


def _day(local: datetime) -> str:
    return f"{_DAYS[local.weekday()]} {local.day:02d} {_MONTHS[local.month - 1]} "


def _hour(local: datetime, is_exact: bool) -> str:
    seconds = f":{local.second:02d}" if is_exact else ""
    return f"{local.hour:02d}:{local.minute:02d}{seconds}"


def soon(instant: Instant, now: Instant, zone: ZoneInfo) -> str:
    """`Thu 14:00` of the coming seven days, else with its date."""
    if instant - now < 6 * 86_400:
        return datetime.fromtimestamp(instant, zone).strftime("%a %H:%M")
    return moment(instant, zone)


def _lines(intervals: Intervals, zone: ZoneInfo) -> Iterator[str]:
    for start, end in intervals:
        yield f"{stretch(start, end, zone)}, {exactly(end - start)}"
