"""How old the newest copy of each service's data was, and whether its jobs can keep that promise: K9 and K10."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from checks.reading import Instant
from console.reports.weekly.backups import JobWeek
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.records import evidence_of, runs, sighted
from console.service_levels.intervals import Interval, Intervals, clip, difference, intersection, union
from console.service_levels.kpis.backups import Point, points, rpo, slack, worst_age, young
from console.service_levels.kpis.jobs import Job
from console.service_levels.kpis.share import Share


@dataclass(frozen=True, slots=True)
class ServiceCopies:
    """How one service's copies stood over the period."""

    service: str
    rpo: int
    share: Share
    """K9, in seconds."""
    worst: int | None
    """The greatest age that its newest usable copy was known to reach, in seconds; None where there was none."""
    last: Point | None
    slack: int | None
    """K10: what interval and length of its best job leave of the RPO, in seconds; None where no length is known."""
    jobs: tuple[str, ...]
    copies: tuple[Point, ...] = ()
    """Its copies of the period, the newest first, and the last one from before."""
    first: Instant | None = None
    """When its very first copy became usable, where that was known to be in the period."""
    unproven: Intervals = ()
    """When the newest copy that is known was too old, and nobody can say whether there was another one."""


def service_copies(facts: WeekFacts, weeks: tuple[JobWeek, ...]) -> tuple[ServiceCopies, ...]:
    """K9 and K10 of every service that promises how much work may be lost."""
    doc = facts.client.doc
    found = []
    for id_, service in doc.services.items() if doc else ():
        mine = [one for one in weeks if id_ in one.job.protects and not one.is_copy]
        if service.rpo is not None and mine:
            found.append(_copies(facts, id_, service.rpo, mine))
    return tuple(found)


def _copies(facts: WeekFacts, service: str, limit: int, weeks: list[JobWeek]) -> ServiceCopies:
    period = facts.start, facts.cut
    names = tuple(one.job.id for one in weeks)
    kept = points(one for one in runs(facts) if one.job in names)
    inside = young(kept, limit)
    known = _known(facts, [one.job for one in weeks], inside)
    proven = union(known, inside)  # a copy that is young enough proves itself, also where its host is not heard
    lengths = [slack(one.job.every, one.takes, limit) for one in weeks if one.takes is not None]
    return ServiceCopies(
        service,
        limit,
        rpo(kept, limit, known, period),
        worst_age(kept, period, proven),
        max((one for one in kept if one.usable <= facts.cut), key=lambda one: one.start, default=None),
        max(lengths, default=None),
        names,
        _lately(kept, period),
        _first(kept, period, known),
        difference((period,), proven),
    )


def _first(kept: Sequence[Point], period: Interval, known: Intervals) -> Instant | None:
    """When the very first copy became usable, where it is known that there was none before in the period."""
    at = kept[0].usable if kept else period[1]
    return at if period[0] < at < period[1] and clip(known, period[0], at) else None


def _known(facts: WeekFacts, found: list[Job], inside: Intervals) -> Intervals:
    """When it is known how old a service's newest copy was: while its host was heard (3.6).

    Where an agent sees the copies: until its last look; between two looks a copy that was seen proves itself alone.
    """
    heard = evidence_of(facts, found[0].host)
    looks = [one for one in (sighted(facts, job) for job in found) if one is not None]
    if not looks:
        return heard
    sure = reduce(intersection, (one.known for one in looks), heard)
    followed = intersection(heard, union(*(one.followed for one in looks)))
    return union(sure, intersection(inside, followed))


def _lately(kept: Sequence[Point], period: Interval) -> tuple[Point, ...]:
    """The copies that became usable in a period, the newest first, and the last one from before it."""
    before = [one for one in kept if one.usable < period[0]]
    mine = [one for one in kept if period[0] <= one.usable <= period[1]]
    return tuple(sorted([*mine, *before[-1:]], key=lambda one: one.usable, reverse=True))


def rpo_target(facts: WeekFacts) -> Fraction | None:
    """The share of time in which copies must be young enough; None where the model sets none."""
    doc = facts.client.doc
    found = doc.kpis.get("rpo_time") if doc else None
    return None if found is None or found.target is None else Fraction(str(found.target)) / 100
