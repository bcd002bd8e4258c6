"""K4 and K5: for how much of the time there is evidence of the machines, and how many have a working agent. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from console.operating_model.entities import Client, Host
from console.service_levels.hours import covered
from console.service_levels.intervals import Interval, Intervals, clip, difference, intersection, last, length, normal
from console.service_levels.presence import calendar_of
from console.service_levels.timeline import HostRecord, Stood

ROAMING = 7 * 86_400
"""A machine that travels is expected once in so many seconds (K4)."""
WORKING = 86_400
"""An agent works if it was heard in so many seconds of its expected presence (K5)."""
_REACH = 21 * 86_400
"""How far back a day of office hours is looked for."""


@dataclass(frozen=True, slots=True)
class Heard:
    """From when, and until when, a host was to be heard."""

    since: Mapping[str, int] = field(default_factory=dict)
    until: Mapping[str, int] = field(default_factory=dict)
    """When it was retired; until then it was expected."""
    away: Mapping[str, Intervals] = field(default_factory=dict)
    """When it was away, as somebody had approved: nothing is expected of it then."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Of one host: when it was expected, and for which of that time nothing is known."""

    expected: int
    unknown: Intervals


def expected(client: Client, host: Host, period: Interval) -> Intervals:
    """When a host is to be heard: always, or in the hours of the calendar `office`."""
    return covered(calendar_of(client, host.id), client.zone, *period)


def completeness(client: Client, stood: Mapping[str, Stood], heard: Heard, period: Interval) -> dict[str, Seen]:
    """K4, host by host, from the instant at which each was first heard; what is confirmed down is known."""
    found: dict[str, Seen] = {}
    plans: dict[str, Intervals] = {}
    for host in client.hosts.values():
        since, until = heard.since.get(host.id), heard.until.get(host.id, period[1])
        if since is None or since >= period[1]:
            continue
        if host.presence not in plans:
            plans[host.presence] = expected(client, host, period)
        due = clip(plans[host.presence], max(since, period[0]), min(until, period[1]))
        due = difference(due, heard.away.get(host.id, ()))
        found[host.id] = Seen(length(due), difference(due, _known(host, stood[host.id])))
    return found


def _known(host: Host, stood: Stood) -> Intervals:
    if host.presence != "roaming":
        return stood.known
    return normal((start, end + ROAMING) for start, end in stood.known)


def share(seen: Mapping[str, Seen]) -> Fraction | None:
    """K4 of all hosts together: sum over sum; None where nothing was expected."""
    due = sum(one.expected for one in seen.values())
    return 1 - Fraction(sum(length(one.unknown) for one in seen.values()), due) if due else None


def working(client: Client, records: Mapping[str, HostRecord], cut: int) -> dict[str, bool]:
    """K5: of every host of the model, whether its agent works."""
    plans: dict[str, Intervals] = {}
    found: dict[str, bool] = {}
    for host in client.hosts.values():
        if host.presence not in plans:
            whole = expected(client, host, (cut - _REACH, cut))
            plans[host.presence] = last(whole, ROAMING if host.presence == "roaming" else WORKING)
        found[host.id] = bool(intersection(plans[host.presence], records.get(host.id, HostRecord()).known))
    return found
