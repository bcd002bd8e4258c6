"""Where the time to resolve went: off-hours, waiting, for the client, for a supplier, working (5.4; K14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from console.incidents.clock import solve_course, stopped_for
from console.incidents.events import Incident
from console.operating_model.entities import Client
from console.pages.figures import Figure, Input
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.handled import handled
from console.reports.weekly.spoken import capped, exactly, shortly
from console.service_levels.hours import covered
from console.service_levels.intervals import Interval, Intervals, clip, difference, intersection, length, normal, union

NAME = "where time went"
BUCKETS = ("waiting", "working", "client", "supplier", "off-hours")
_WAITING = ("agreed-window", "parts", "observe")


def spent_figures(facts: WeekFacts) -> Iterator[Figure]:
    """Wall-clock seconds of every incident that was resolved in the week, from detection to its end, in five buckets.

    Off-hours is what lies outside of the SLA's clock; of the rest, waiting is what nobody had taken yet, or waited for
    an agreed window, for parts or to see whether it holds. The five add up to the whole.
    """
    ended = [one for one in handled(facts) if one.was_resolved and one.one.is_counted]
    parts = {one.label: spent(facts.client, one.one) for one in ended}
    whole: Counter[str] = Counter()
    for found in parts.values():
        whole.update(found)
    for bucket in BUCKETS if whole else ():
        lines = capped(f"{label}: {exactly(found[bucket])}" for label, found in parts.items() if found[bucket])
        inputs = (Input(bucket, f"{whole[bucket]} s", "incident events, the calendar of the SLA", lines),)
        yield Figure("K14", NAME, shortly(whole[bucket]), bucket, unit="s", value=(whole[bucket], 1), inputs=inputs)


def spent(client: Client, incident: Incident) -> dict[str, int]:
    """The five buckets of one resolved incident; all of it is working where no clock is promised."""
    end = incident.resolved_at or incident.opening.detected_at
    begin = incident.opening.detected_at
    open_for = difference(((begin, end),) if begin < end else (), normal(incident.rests))
    hours = intersection(open_for, _hours(client, incident, end))
    client_waits = intersection(hours, stopped_for(incident, ("client",), end))
    supplier = difference(intersection(hours, stopped_for(incident, ("supplier",), end)), client_waits)
    queue: Intervals = ((begin, incident.owned_at),) if incident.owned_at and begin < incident.owned_at else ()
    held = union(stopped_for(incident, _WAITING, end), queue)
    waiting = difference(difference(intersection(hours, held), client_waits), supplier)
    taken = union(client_waits, supplier, waiting)
    return {
        "working": length(difference(hours, taken)),
        "waiting": length(waiting),
        "client": length(client_waits),
        "supplier": length(supplier),
        "off-hours": length(open_for) - length(hours),
    }


def _hours(client: Client, incident: Incident, end: int) -> Intervals:
    """When the clock of the severity in force was open."""
    course = solve_course(client, incident, end)
    if course is None:
        return ((incident.opening.detected_at, end),)
    found: list[Interval] = []
    for leg in course.legs:
        until = end if leg.end is None else min(leg.end, end)
        if leg.start < until:
            found += clip(covered(leg.calendar, course.zone, leg.start, until), leg.start, until)
    return normal(found)
