"""The owner's page about what was done: people, work mix, noise, value (5.3, C to E and G)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from checks.finding import Impact
from console.incidents.events import Event, Kind
from console.operating_model.schema.facts import WorkLogRecord
from console.pages.figures import Figure
from console.pages.week import Availability
from console.reports.weekly.breaches import called
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.handled import Handled, as_of, handled
from console.reports.weekly.help import own_times
from console.reports.weekly.noisy import noisy_lines
from console.reports.weekly.records import local, open_gaps, work_logs
from console.reports.weekly.spoken import listed, shortly, times

ALONE = "(this client alone)"
"""How a load ends that tells of one client: over several, the page pools them."""


def people(facts: WeekFacts, figures: Sequence[Figure]) -> Iterator[str]:
    """C: load, pages outside of shifts, minutes in which nobody had an incident, who cannot be missed."""
    sign = {"watch": " ▲", "missed": " ■"}
    loads = [one for one in figures if one.name == "load" and one.about]
    said = [f"{called(facts, one.about)} {one.shows}{sign.get(one.light, '')}" for one in loads]
    if said:
        yield f"{' · '.join(said)} {ALONE}"
    found = handled(facts)
    paged = [one.label for one in found if _is_night_page(facts, one)]
    if paged:
        yield f"paged outside of shifts: {len(paged)} ({listed(paged)})"
    missed = [one.label for one in found if list(_of_week(facts, one, Kind.ORPHANED))]
    if missed:
        yield f"handed over to nobody in time: {len(missed)} ({listed(missed)})"
    unowned = sum(own_times(found))
    if unowned:
        yield f"nobody's for {shortly(unowned)} on the clocks of {len(own_times(found))} incidents"
    rows = facts.standing.raci if facts.standing else {}
    for gap in open_gaps(facts):
        if gap.number == "G4" and gap.about in rows:
            yield f"{gap.about} depends on {called(facts, rows[gap.about].R[0])} alone"


def _of_week(facts: WeekFacts, one: Handled, kind: Kind) -> Iterator[Event]:
    return (event for event in one.one.events if event.kind is kind and facts.start <= event.at < facts.cut)


def _is_night_page(facts: WeekFacts, one: Handled) -> bool:
    """An S1 that was detected this week while no technician had a shift."""
    at = one.one.opening.detected_at
    if one.one.severity.value != "S1" or not one.one.is_counted or not facts.start <= at < facts.cut:
        return False
    then = local(facts, at)
    minute = then.hour * 60 + then.minute
    staff = [person for person in (facts.standing.people if facts.standing else {}).values() if person.org == "msp"]
    shifts = [window for person in staff if person.shift for window in person.shift[then.weekday()]]
    return not any(start <= minute < end for start, end in shifts)


def mix(facts: WeekFacts, figures: Sequence[Figure]) -> Iterator[str]:
    """D: minutes by kind of work and by finding type, what came back, what was none, what serves an outcome (36)."""
    mine = work_logs(facts)
    found = handled(facts)
    again, ended = sum(one.reopened > 0 for one in found), sum(one.was_resolved for one in found)
    void = sum(one.one.state == "void" and facts.start <= (one.one.resolved_at or 0) < facts.cut for one in found)
    whole = sum(one.minutes for one in mine)
    hosts = len(facts.client.hosts)
    each = f", {_hours(Fraction(whole, hosts))} h per host" if hosts else ""
    yield f"this client {_hours(Fraction(whole))} h{each}; reopen {again} of {ended}; void {void}"
    if mine:
        planned = sum(one.minutes for one in mine if one.maintenance or one.action)
        site = sum(one.minutes for one in mine if one.onsite)
        travel = sum(one.travel_minutes for one in mine)
        yield (f"reactive {shortly(60 * (whole - planned))}, planned {shortly(60 * planned)},"
               f" on site {shortly(60 * site)}, travel {shortly(60 * travel)}")  # fmt: skip
        yield from _types(found, mine)
    lowered = [said for one in found for said in _lowered(facts, one)]
    if lowered:
        yield f"severity lowered {times(len(lowered))} ({listed(lowered)})"
    for one in figures:
        if one.name == "alignment":
            yield f"{one.shows} of the minutes went to services that serve an outcome"


def _lowered(facts: WeekFacts, one: Handled) -> Iterator[str]:
    """`I-105 S2 to S3`: each time in the week that an incident was made milder (4.3)."""
    for event in _of_week(facts, one, Kind.SEVERITY):
        before = as_of(one.one, event.at).severity
        if event.severity is not None and event.severity > before:
            yield f"{one.label} {before.value} to {event.severity.value}"


def _hours(minutes: Fraction) -> str:
    """`9.5`, `0.95`: hours, two decimals at most, rounded up."""
    hundredths = -(-minutes.numerator * 100 // (60 * minutes.denominator))
    return f"{hundredths / 100:g}"


def _types(found: Sequence[Handled], logs: Sequence[WorkLogRecord]) -> Iterator[str]:
    checks = {one.one.number: one.one.opening.check or one.one.opening.source for one in found}
    minutes: Counter[str] = Counter()
    for one in logs:
        if one.incident in checks:
            minutes[checks[one.incident]] += one.minutes
    if minutes:
        yield "minutes by finding: " + ", ".join(f"{check} {count}" for check, count in minutes.most_common(5))


def noise(facts: WeekFacts, figures: Sequence[Figure]) -> Iterator[str]:
    """E: what was raised and what became of it, and the checks that were wrong most often."""
    share = next((one for one in figures if one.kpi == "K17" and one.name == "noise"), None)
    if facts.noise is not None and share is not None:
        target = f" (target {share.target.removesuffix(' %')})" if share.target else ""
        counted = facts.noise
        yield f"{counted.counted} raised, {counted.work} work, noise {share.shows}{target}"
        parts = (("cleared alone", counted.cleared), ("void", counted.voided), ("known", counted.known),
                 ("undecided", counted.undecided), ("suppressed besides", counted.suppressed))  # fmt: skip
        rest = [f"{count} {word}" for word, count in parts if count]
        if rest:
            yield ", ".join(rest)
    yield from noisy_lines(facts)


def value(lines: Sequence[Availability], figures: Sequence[Figure], facts: WeekFacts) -> Iterator[str]:
    """G: user-hours lost and delivered (K24), and what was mended before it stopped anything."""
    names = {line.service: line.name for line in lines}
    hours = {(one.name, one.about): one for one in figures if one.kpi == "K24" and one.span == "week"}
    lost = [f"{one.shows} ({names[about]})" for (name, about), one in hours.items()
            if name == "user-hours lost" and about in names and one.value and one.value[0]]  # fmt: skip
    whole = hours.get(("user-hours delivered", ""))
    if lost:
        yield "lost " + " + ".join(lost)
    if whole is not None:
        yield f"delivered {whole.shows} user-hours" if whole.value else f"user-hours delivered: {whole.shows}"
    mended = [one.label for one in handled(facts) if _is_prevented(one)]
    if mended:
        yield f"mended before it stopped anything: {len(mended)} ({listed(mended)})"


def _is_prevented(one: Handled) -> bool:
    is_at_risk = one.one.opening.impact is Impact.AT_RISK and one.one.outage_from is None
    return one.was_resolved and is_at_risk and bool(one.one.owner)
