"""How the incidents of a week were handled, as they stood at its cut-off: clocks, verdicts, who waits for whom.

A verdict belongs to the week in which the incident was owned or resolved, or in which its promise broke if that was
earlier (operating-model.md, 4.3). One that was reopened later has a verdict in that week too, kept (I-109) or broken:
counted were only the kept ones, reopening would flatter. What the earlier week said turns with it, and is restated.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from checks.catalogue import CATALOGUE
from checks.check import Family
from checks.reading import Instant
from checks.text import clean
from console.incidents.clock import Promise, own_promise, solve_promise
from console.incidents.events import Incident, Kind, tells_client
from console.incidents.states import fold
from console.reports.weekly.facts import WeekFacts

_BACKUPS = frozenset(str(one.name) for one in CATALOGUE if one.family is Family.BACKUP)
_FOR_CLIENT = ("client", "agreed-window")


@dataclass(frozen=True, slots=True)
class Handled:
    """One incident at the cut-off. Clocks are in seconds of the SLA's calendar."""

    one: Incident
    own: Promise | None
    solve: Promise | None
    own_verdict: str
    """`met` or `missed` where it fell in this week, else ""."""
    solve_verdict: str
    was_owned: bool
    """Somebody took it this week, for the first time."""
    was_resolved: bool
    """It ended this week, for the last time so far."""
    reopened: int
    """How often it was reopened this week."""
    told_after: int | None
    """K13: seconds from detection to the first word to the client, where that fell in this week."""

    @property
    def label(self) -> str:
        """`I-102`."""
        return f"I-{self.one.number}"

    @property
    def waits_for_client(self) -> bool:
        """Whether its work waits for the client's answer, or for a window that they agreed to."""
        last = self.one.waits[-1] if self.one.waits else None
        return self.one.state == "pending" and last is not None and last.reason in _FOR_CLIENT


@lru_cache(maxsize=2)
def handled(facts: WeekFacts) -> tuple[Handled, ...]:
    """Every incident that was detected before the cut-off, and counts or was void."""
    return tuple(_handled(facts, as_of(one, facts.cut)) for one in facts.incidents if _is_here(one, facts.cut))


def as_of(incident: Incident, at: Instant) -> Incident:
    """The incident as its events before an instant fold."""
    if all(one.at < at for one in incident.events):
        return incident
    return fold(incident.opening, (one for one in incident.events if one.at < at))


def broken_since(facts: WeekFacts, now: Instant) -> tuple[Incident, ...]:
    """Incidents that ended in the week within their promise, were reopened after it, and had broken it by `now`."""
    return tuple(one for one in facts.incidents if _is_here(one, facts.cut) and _broke_since(facts, one, now))


def _broke_since(facts: WeekFacts, one: Incident, now: Instant) -> bool:
    if not any(event.kind is Kind.REOPENED and event.at >= facts.cut for event in one.events):
        return False
    then, since = as_of(one, facts.cut), solve_promise(facts.client, one, now)
    ended_here = then.resolved_at is not None and facts.start <= then.resolved_at < facts.cut
    was = solve_promise(facts.client, then, facts.cut)
    return ended_here and was is not None and was.verdict == "met" and since is not None and since.verdict == "missed"


def _is_here(incident: Incident, cut: Instant) -> bool:
    return incident.opening.detected_at < cut


def _handled(facts: WeekFacts, one: Incident) -> Handled:
    start, cut = facts.start, facts.cut
    own, solve = own_promise(facts.client, one, cut), solve_promise(facts.client, one, cut)
    before = as_of(one, start) if one.opening.detected_at < start else None
    own_before = own_promise(facts.client, before, start) if before else None
    solve_before = solve_promise(facts.client, before, start) if before else None
    owned_here = one.owned_at is not None and start <= one.owned_at < cut
    resolved_here = one.is_counted and one.resolved_at is not None and start <= one.resolved_at < cut
    return Handled(
        one=one,
        own=own,
        solve=solve,
        own_verdict=_verdict(own, own_before, is_here=owned_here),
        solve_verdict="missed" if one.number in facts.broken else _verdict(solve, solve_before, is_here=resolved_here),
        was_owned=owned_here and own is not None,
        was_resolved=resolved_here and solve is not None,
        reopened=sum(event.kind is Kind.REOPENED and start <= event.at < cut for event in one.events),
        told_after=_told_after(facts, one),
    )


def _verdict(now: Promise | None, before: Promise | None, *, is_here: bool) -> str:
    """A breach is sticky, and belongs to the week in which it happened."""
    if now is None or (before is not None and before.verdict == "missed"):
        return ""
    return now.verdict if now.verdict == "missed" or is_here else ""


def _told_after(facts: WeekFacts, one: Incident) -> int | None:
    found = next((event.at for event in one.events if tells_client(event)), None)
    if found is None or not one.is_counted or not facts.start <= found < facts.cut:
        return None
    return found - one.opening.detected_at


def subject_of(facts: WeekFacts, one: Incident) -> str:
    """What it was about, as short as a line needs it: `file backup`, `ERP`."""
    service = facts.client.services.get(one.opening.service)
    if service is None:
        return clean(one.opening.host or one.opening.title, 40)
    name = clean(service.name, 40)
    return f"{thing(name)} backup" if one.opening.check in _BACKUPS else name


def thing(name: str) -> str:
    """A service's name before another noun: `file` of Files, `ERP` of ERP."""
    return name if name.isupper() else name.lower().removesuffix("s")
