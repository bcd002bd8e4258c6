"""Outages that records tell of: what was down, and what may have been; now, and over time."""

from __future__ import annotations

from checks.reading import Instant
from console.desk.office import Office
from console.operating_model.schema.facts import OutageRecord
from console.operating_model.schema.scalars import seconds
from console.service_levels.intervals import Interval, Intervals, clip, normal
from console.service_levels.state import HostNow


def outages_of(office: Office, client: str) -> list[OutageRecord]:
    """The outages of a client that hold, and that nobody rejected."""
    found = office.history.records(client, "outage")
    return [one for one in found if isinstance(one, OutageRecord) and not one.rejected_by]


def told_now(office: Office, client: str, now: Instant) -> dict[str, HostNow]:
    """What an outage is going on about, by id: down where it is confirmed, else unknown."""
    found: dict[str, HostNow] = {}
    for one in sorted(outages_of(office, client), key=lambda one: one.is_confirmed):
        start, end = _span(one, now + 1)
        if start <= now < end:
            word = "is down" if one.is_confirmed else "may be down: nobody confirmed it"
            found[one.about] = HostNow(is_known=one.is_confirmed, is_down=one.is_confirmed, why=f"{one.about} {word}")
    return found


def told_over(outages: list[OutageRecord], period: Interval) -> dict[str, tuple[Intervals, Intervals]]:
    """By id, the seconds of `[start, cut)` that are told as down, and those that are in doubt."""
    spans: dict[str, tuple[list[Interval], list[Interval]]] = {}
    for one in outages:
        confirmed, doubted = spans.setdefault(one.about, ([], []))
        (confirmed if one.is_confirmed else doubted).append(_span(one, period[1]))
    return {
        about: (clip(normal(confirmed), *period), clip(normal(doubted), *period))
        for about, (confirmed, doubted) in spans.items()
    }


def causes_over(outages: list[OutageRecord], period: Interval) -> dict[str, dict[str, Intervals]]:
    """By id and cause, the seconds of `[start, cut)` that are confirmed as down."""
    found: dict[str, dict[str, list[Interval]]] = {}
    for one in outages:
        if one.is_confirmed:
            found.setdefault(one.about, {}).setdefault(one.cause, []).append(_span(one, period[1]))
    return {
        about: {cause: clip(normal(spans), *period) for cause, spans in causes.items()}
        for about, causes in found.items()
    }


def _span(one: OutageRecord, open_until: Instant) -> Interval:
    return seconds(one.start), seconds(one.end) if one.end else open_until
