"""The checks that were wrong most often, each with what would have held it back (5.3, E).

The proposal is a time that a breach has to stand (`for:` of a standard): the next five minutes after the longest alarm
that went by itself within an hour. What it costs stands beside it: alarms that became work come that much later, and
those of them that were over sooner are not raised at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from console.incidents.events import Incident
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.handled import handled
from console.reports.weekly.spoken import times

STEP = 300
"""Seconds: proposals are made in steps of so many."""
LONGEST = 3600
"""Seconds: what stood for longer was there, whoever ended it."""
_MOST = 3


def noisy_lines(facts: WeekFacts) -> Iterator[str]:
    """One line each of the three that were wrong most often in the week."""
    raised: dict[str, list[Incident]] = {}
    for one in handled(facts):
        if one.one.opening.check and facts.start <= one.one.opening.detected_at:
            raised.setdefault(one.one.opening.check, []).append(one.one)
    wrong = Counter({check: sum(_is_wrong(one) for one in mine) for check, mine in raised.items()})
    for check, count in wrong.most_common(_MOST):
        if count:
            yield f"{check} was wrong or went by itself {times(count)}: {proposal(raised[check])}"


def proposal(raised: Sequence[Incident]) -> str:
    """What would have held back those of one check that went by themselves, and at which price."""
    alone = [_lasted(one) for one in raised if one.cleared and not one.owner]
    short = [seconds for seconds in alone if seconds < LONGEST]
    if not short:
        return "none was gone within the hour, so raise its limit (standards)"
    wait = (max(short) // STEP + 1) * STEP
    said = f"for: {wait // 60}m would have held back {len(short)}"
    work = [one for one in raised if one.owner and one.state != "void"]
    hidden = sum(one.recovered_at is not None and _lasted(one) < wait for one in work)
    costs = [f"delayed {len(work) - hidden}" * (len(work) > hidden), f"hidden {hidden}" * bool(hidden)]
    price = " and ".join(filter(None, costs))
    return f"{said}, and {price} that became work" if price else said


def _is_wrong(one: Incident) -> bool:
    return one.state == "void" or (one.cleared and not one.owner)


def _lasted(one: Incident) -> int:
    """Seconds from its first bad evidence until all was good."""
    return (one.recovered_at or one.opening.detected_at) - one.opening.detected_at
