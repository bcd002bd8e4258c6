"""Dates, durations and sentences as a client reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from checks.reading import Instant
from checks.wording import duration
from console.pages.week import Availability
from console.service_levels.availability import NO_DATA, NOTHING_DUE


def moment(instant: Instant, zone: ZoneInfo) -> str:
    """`Tue 24 Nov 13:05`, in the client's zone."""
    return datetime.fromtimestamp(instant, zone).strftime("%a %d %b %H:%M")


def without_stops(services: Sequence[Availability]) -> str:
    """Why nothing stopped, as far as anybody knows."""
    due = [line for line in services if line.availability != NOTHING_DUE]
    if not due:
        return "Nothing was due"
    blind = [line for line in due if line.availability == NO_DATA]
    if len(blind) == len(due):
        return "Nothing is known: no data"
    unknown = max(due, key=lambda line: line.unknown)
    if unknown.unknown:
        return f"No stop was confirmed; of {unknown.name} {duration(unknown.unknown)} are not known"
    return "Nothing stopped"
