"""K17, noise: what became of the findings that were raised (operating-model.md, 3.3). Pure.

A finding is raised when it turns bad: it opens an incident, joins one, or relapses in one; where no incident was
opened, its change says so. What people or suppliers report are no findings. One fingerprint (host, check, subject)
that is raised again within 60 minutes of its end is the same one, and a symptom is its root: both are duplicates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from checks.finding import Status
from checks.reading import Instant
from console.incidents.events import Event, Incident, Kind

SAME_WITHIN = 3600
"""Seconds after its end within which a finding that is raised again is the same one."""
_SEEN_BY_MACHINES = ("agent", "probe")
Fingerprint = tuple[str, str, str]
"""Host, check and subject."""
Quiet = Collection[tuple[str, str, str, Instant]]
"""Host, check, subject and instant of breaches that alarmed nobody when they began."""
_RAISING = (Kind.JOINED, Kind.RELAPSED)


class Change(Protocol):
    """What is asked of a change of a finding; the store keeps them."""

    @property
    def client(self) -> str:
        """Whose."""

    @property
    def host(self) -> str:
        """On which host."""

    @property
    def check(self) -> str:
        """By which check."""

    @property
    def subject(self) -> str:
        """About what."""

    @property
    def status(self) -> Status:
        """How it stands."""

    @property
    def at(self) -> Instant:
        """Since when, UTC seconds."""


@dataclass(frozen=True, slots=True)
class Raised:
    """One finding that was raised."""

    host: str
    check: str
    subject: str
    at: Instant
    incident: Incident | None = None
    ended_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class NoiseCount:
    """Findings raised in a period, and what became of each: work + known + cleared + voided + undecided = counted."""

    raised: int = 0
    """All of them, duplicates included."""
    work: int = 0
    """Somebody took it on."""
    known: int = 0
    """It was known, or waived."""
    cleared: int = 0
    """It ended before anybody did anything."""
    voided: int = 0
    """It was false, a duplicate, or a test."""
    suppressed: int = 0
    """Duplicates: raised again within the hour, or symptoms of a root."""
    undecided: int = 0
    """Still bad, and nobody has taken it yet."""
    fates: tuple[tuple[str, Raised], ...] = field(default=(), compare=False)
    """Each finding behind the word of what became of it, the earliest first."""

    @property
    def counted(self) -> int:
        """K17's denominator: raised − suppressed duplicates."""
        return self.raised - self.suppressed

    @property
    def noise(self) -> Fraction | None:
        """K17: (cleared by itself + voided) ÷ counted; None where nothing was raised."""
        return Fraction(self.cleared + self.voided, self.counted) if self.counted else None

    @property
    def actionable(self) -> Fraction | None:
        """What became work ÷ counted; None where nothing was raised."""
        return Fraction(self.work, self.counted) if self.counted else None


def noise(
    incidents: Iterable[Incident],
    changes: Iterable[Change],
    period: tuple[Instant, Instant],
    is_known: Callable[[Raised], bool] = lambda _: False,
    quiet: Quiet = frozenset(),
) -> NoiseCount:
    """Count what was raised in `[start, end)`. `is_known` says what a waiver or an accepted risk covered.

    `quiet` are the breaches that were held back: where one alarmed somebody later, its incident says so. Give changes
    from `SAME_WITHIN` before the period on, so that the first ones are told from duplicates.
    """
    found = list(incidents)
    raised = [*_of_incidents(found), *_of_changes(found, changes, quiet)]
    fates = tuple(
        ("suppressed" if is_same else _fate(one, is_known), one)
        for one, is_same in _told_apart(raised)
        if period[0] <= one.at < period[1]
    )
    counts = Counter(fate for fate, _ in fates)
    return NoiseCount(raised=len(fates), **counts, fates=fates)


def _of_incidents(incidents: Iterable[Incident]) -> Iterator[Raised]:
    for one in incidents:
        if one.opening.source in _SEEN_BY_MACHINES:
            place = one.opening.host, one.opening.check
            yield Raised(*place, one.opening.subject, one.opening.detected_at, one, _ended(one, one.opening.subject, 0))
            for number, event in enumerate(one.events):
                if event.kind in _RAISING:
                    yield Raised(*place, event.subject, event.at, one, _ended(one, event.subject, number))


def _of_changes(incidents: Iterable[Incident], changes: Iterable[Change], quiet: Quiet) -> Iterator[Raised]:
    """What turned bad and was no part of any incident, and was not held back."""
    about: dict[tuple[str, str, str], list[Incident]] = {}
    for incident in incidents:
        opening = incident.opening
        about.setdefault((opening.client, opening.host, opening.check), []).append(incident)
    mine: dict[Fingerprint, list[Change]] = {}
    for one in changes:
        mine.setdefault((one.host, one.check, one.subject), []).append(one)
    for turns in mine.values():
        for one, after in zip(turns, [*turns[1:], None], strict=True):
            known = about.get((one.client, one.host, one.check), ())
            if one.status is not Status.BREACH or any(_covers(incident, one.at) for incident in known):
                continue
            if (one.host, one.check, one.subject, one.at) not in quiet:
                yield Raised(one.host, one.check, one.subject, one.at, None, after.at if after else None)


def _covers(incident: Incident, at: Instant) -> bool:
    ended = incident.resolved_at
    return incident.opening.detected_at <= at and (ended is None or at <= ended)


def _ended(incident: Incident, subject: str, after: int) -> Instant | None:
    """When the evidence turned good after its `after`-th event, or else when the incident was over."""
    ends = (event for event in incident.events[after:] if event.kind is Kind.RECOVERED and event.subject == subject)
    return next((event.at for event in ends), incident.resolved_at)


def _told_apart(raised: Iterable[Raised]) -> Iterator[tuple[Raised, bool]]:
    """Each with whether it is a duplicate."""
    last: dict[Fingerprint, Raised] = {}
    for one in sorted(raised, key=lambda one: one.at):
        before = last.get((one.host, one.check, one.subject))
        last[one.host, one.check, one.subject] = one
        is_again = before is not None and one.at <= max(before.at, before.ended_at or 0) + SAME_WITHIN
        yield one, is_again or (one.incident is not None and bool(one.incident.parent))


def _fate(one: Raised, is_known: Callable[[Raised], bool]) -> str:
    if one.incident is not None and one.incident.state == "void":
        return "voided"
    if is_known(one):
        return "known"
    if one.incident is None:
        return "cleared" if one.ended_at is not None else "undecided"
    if one.incident.owner or any(_is_work(event) for event in one.incident.events):
        return "work"
    return "undecided" if one.incident.is_open else "cleared"


def _is_work(event: Event) -> bool:
    return bool(event.by)
