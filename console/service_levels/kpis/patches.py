"""K6 and K7: how long updates wait beside what the policy allows, and for which hosts nobody can say.

Ages are whole local dates: date(cut-off − 1 s) − date(available, else first seen). An update that waits for a restart
is missing. A host whose last look is older than the policy allows is not assessed: it may be either (3.3, K6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from console.service_levels.kpis.share import Share

SEVERITIES = ("critical", "high", "moderate", "low")
SOON_DAYS = 3
STATES = ("within", "soon", "late", "waived", "unseen")


@dataclass(frozen=True, slots=True)
class Missing:
    """An update that a host lacks, or that waits there for a restart."""

    host: str
    patch: str
    severity: str
    since: date
    waits_for_restart: bool = False
    waived_by: str = ""
    """The id of the waiver that excuses it on the day; "" where none does."""
    waived_until: date | None = None

    def age(self, today: date) -> int:
        """Whole local days; never below 0 (an update of the future is new)."""
        return max(0, (today - self.since).days)


@dataclass(frozen=True, slots=True)
class HostPatches:
    """How one host stands with updates of one severity."""

    host: str
    severity: str
    state: str
    """`within` its limit, due `soon` (three days or less), `late`, `waived` or `unseen`."""
    oldest: Missing | None = None
    """The one that decides."""


def standing(
    hosts: Mapping[str, bool], missing: Iterable[Missing], limits: Mapping[str, int], today: date
) -> tuple[HostPatches, ...]:
    """Every host and severity that the policy limits, on one local date. `hosts` says who was looked at lately enough;
    `limits` are whole days."""
    by_place: dict[tuple[str, str], list[Missing]] = {}
    for one in {(one.host, one.patch): one for one in missing}.values():
        by_place.setdefault((one.host, one.severity), []).append(one)
    return tuple(
        _host((host, severity), by_place.get((host, severity), []), limits[severity], today)
        if is_assessed
        else HostPatches(host, severity, "unseen")
        for severity in SEVERITIES
        if severity in limits
        for host, is_assessed in hosts.items()
    )


def _host(place: tuple[str, str], missing: list[Missing], limit: int, today: date) -> HostPatches:
    oldest = sorted(missing, key=lambda one: (-one.age(today), one.patch))
    late = [one for one in oldest if one.age(today) > limit]
    bare = [one for one in late if not one.waived_by]
    if late:
        return HostPatches(*place, "late", bare[0]) if bare else HostPatches(*place, "waived", late[0])
    soon = [one for one in oldest if limit - one.age(today) <= SOON_DAYS]
    return HostPatches(*place, "soon" if soon else "within", next(iter(soon or oldest), None))


def compliance(stood: Iterable[HostPatches], severity: str) -> tuple[Share, Share]:
    """K6 of one severity: by the policy (compliant and waived ÷ assessed), and the exposure (compliant ÷ assessed)."""
    states = [one.state for one in stood if one.severity == severity]
    unseen, waived = states.count("unseen"), states.count("waived")
    good = states.count("within") + states.count("soon")
    assessed = len(states) - unseen
    return Share(good + waived, assessed, unseen), Share(good, assessed, unseen)


def overdue_days(
    assessed: Mapping[str, bool], missing: Iterable[Missing], limits: Mapping[str, int], today: date
) -> tuple[int, int]:
    """K7: Σ max(0, age − limit) over hosts and updates, and how many of these days are waived; assessed hosts only."""
    late = [
        (max(0, one.age(today) - limits[one.severity]), bool(one.waived_by))
        for one in {(one.host, one.patch): one for one in missing}.values()
        if one.severity in limits and assessed.get(one.host)
    ]
    return sum(days for days, _ in late), sum(days for days, waived in late if waived)
