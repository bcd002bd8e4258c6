"""K8, K9 and K10: backup runs that were due, how old the data that could be brought back was, and what can be reached.

A run is judged only once its window is over, or once it went well: until then nobody can say (3.3, K8).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median_low
from zoneinfo import ZoneInfo

from console.service_levels.intervals import Interval, Intervals, clip, difference, intersection, length, normal
from console.service_levels.kpis.jobs import Job, due_runs
from console.service_levels.kpis.share import Share

GOOD = ("good", "warning")
_RUNS = 20
_FEW = 3


@dataclass(frozen=True, slots=True)
class Run:
    """One try of a job. Instants are UTC seconds."""

    job: str
    due: int
    result: str
    """`ok`, `warning`, `failed` or `missed`."""
    started: int | None = None
    ended: int | None = None
    point: int | None = None
    """Of when the copied state is; its start where the record does not say."""
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Due:
    """One run that was due, and what came of it."""

    job: str
    at: int
    word: str
    """`good`, `warning`, `failed`, `missed` or `unknown`."""
    is_first_try: bool
    tries: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known besides the runs: when the saved machine had evidence, and when it was in planned maintenance."""

    known: Intervals = ()
    planned: Intervals = ()


def judged(job: Job, runs: Iterable[Run], seen: Seen, period: tuple[ZoneInfo, int, int], now: int) -> tuple[Due, ...]:
    """K8: every run that was due in the period and that can be judged by now; a run counts where it was due.

    That none came is proven by evidence of the machine from the window's end to the next run. 3.3 calls it unknown
    where the agent was silent over the whole window; so it is where it fell silent in it, and came back too late.
    """
    zone, start, end = period
    instants = due_runs(job, zone, start, end)
    after = (*instants[1:], end + max(job.every, job.window)) if instants else ()
    mine = sorted({one for one in runs if one.job == job.id and one.due <= now}, key=lambda one: (one.due, one.attempt))
    found = (
        _due(job, (at, until), [one for one in mine if at <= one.due < until], seen, now)
        for at, until in zip(instants, after, strict=True)
    )
    return tuple(one for one in found if one is not None)


def _due(job: Job, span: Interval, tries: list[Run], seen: Seen, now: int) -> Due | None:
    """A run that was due at one instant, before the next at another; None where it was not, or nobody can say yet."""
    at, until = span
    good = [one for one in tries if one.result in ("ok", "warning") and one.ended and one.ended <= at + job.window]
    good = [one for one in good if one.ended is not None and one.ended <= now]
    if good:
        word = "warning" if all(one.result == "warning" for one in good) else "good"
        return Due(job.id, at, word, tries[0] in good, tuple(tries))
    ran = [one for one in tries if one.result != "missed"]
    if not ran and any(start <= at < end for start, end in seen.planned):
        return None
    if now < at + job.window:
        return None
    if ran:
        return Due(job.id, at, "failed", is_first_try=False, tries=tuple(tries))
    heard = bool(clip(seen.known, at + job.window - 1, max(until, at + job.window)))
    return Due(job.id, at, "missed" if tries or heard else "unknown", is_first_try=False, tries=tuple(tries))


def success(dues: Iterable[Due]) -> Share:
    """K8: runs with a usable restore point inside their window ÷ runs due."""
    words = [one.word for one in dues]
    unknown = words.count("unknown")
    return Share(sum(word in GOOD for word in words), len(words) - unknown, unknown)


def first_try(dues: Iterable[Due]) -> Share:
    """Beside K8: runs that went well at once."""
    whole = list(dues)
    unknown = sum(one.word == "unknown" for one in whole)
    return Share(sum(one.is_first_try for one in whole), len(whole) - unknown, unknown)


@dataclass(frozen=True, slots=True)
class Point:
    """A restore point: the state of `start`, usable from `usable` on."""

    start: int
    usable: int


def points(runs: Iterable[Run]) -> tuple[Point, ...]:
    """Usable restore points of runs, by when they became usable."""
    found = set()
    for one in runs:
        if one.result in ("ok", "warning") and one.started is not None and one.ended is not None:
            found.add(Point(one.started if one.point is None else min(one.point, one.ended), one.ended))
    return tuple(sorted(found, key=lambda one: (one.usable, one.start)))


def rpo(found: Sequence[Point], seconds: int, known: Intervals, period: Interval) -> Share:
    """K9: seconds in which the newest usable restore point was no older than the RPO ÷ known seconds.

    A point counts in `[usable, start + RPO)`; before the very first one nothing is kept (3.6).
    """
    inside = clip(young(found, seconds), *period)
    within = clip(known, *period)
    return Share(length(intersection(inside, within)), length(within), length(difference((period,), within)))


def young(found: Iterable[Point], seconds: int) -> Intervals:
    """When the newest usable restore point was no older than so many seconds: nowhere before the first one."""
    return normal((one.usable, one.start + seconds) for one in found)


def worst_age(found: Sequence[Point], period: Interval, known: Intervals) -> int | None:
    """The greatest age in seconds that the newest usable restore point reached while it was known.

    None before the very first one. It is reached just before a newer point becomes usable, or at the end of what is
    known.
    """
    begins, ends = period
    newest: int | None = None
    worst: int | None = None
    until = [*((one.usable, one) for one in found if one.usable < ends), (ends, None)]
    for at, point in until:
        seen = clip(known, begins, at)
        if seen and newest is not None:
            worst = max(worst or 0, seen[-1][1] - newest)
        begins = max(begins, at)
        if point is not None:
            newest = point.start if newest is None else max(newest, point.start)
    return worst


def run_length(runs: Iterable[Run], planned: int | None, cut: int) -> int | None:
    """K10: the median length of the last 20 runs that went well and had ended by the cut-off, in seconds.

    What was planned where there are fewer than 3.
    """
    well = (one for one in runs if one.result in ("ok", "warning") and one.started is not None)
    done = [one for one in well if one.ended is not None and one.ended <= cut]
    last = sorted(done, key=lambda one: one.ended or 0)[-_RUNS:]
    spent = [(one.ended or 0) - (one.started or 0) for one in last]
    return planned if len(spent) < _FEW else median_low(spent)


def slack(every: int, takes: int, seconds: int) -> int:
    """K10: RPO − (interval + expected length): reachable where it is not negative."""
    return seconds - (every + takes)
