"""Dates, durations and sentences as a client reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from checks.reading import Instant
from checks.wording import counted, duration
from console.pages.week import Availability, WeekIncident
from console.service_levels.availability import NO_DATA, NOTHING_DUE


def moment(instant: Instant, zone: ZoneInfo) -> str:
    """`Tue 24 Nov 13:05`, in the client's zone."""
    return datetime.fromtimestamp(instant, zone).strftime("%a %d %b %H:%M")


def headline(services: Sequence[Availability], incidents: Sequence[WeekIncident]) -> str:
    """The answer of five seconds: what stopped, what is not known, what needed work."""
    down = [line for line in services if line.down]
    said = [f"{line.name} was down for {duration(line.down)} of its hours" for line in down]
    if not said:
        said.append(_without_stops(services))
    said.append(counted(len(incidents), "incident", "incidents"))
    return "; ".join(said) + "."


def _without_stops(services: Sequence[Availability]) -> str:
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
