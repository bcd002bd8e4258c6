"""Gaps between what was sold and what is given: hours that nobody covers (G13), parts of an offering (G21)."""

from __future__ import annotations

from collections.abc import Iterator

from console.operating_model import words
from console.operating_model.gaps.gap import Facts, Gap

_WHAT = "services"
Windows = tuple[tuple[tuple[int, int], ...], ...]


def found(facts: Facts) -> Iterator[Gap]:
    """Every gap of this kind."""
    yield from _hours(facts)
    yield from _sold(facts)


def _hours(facts: Facts) -> Iterator[Gap]:
    """G13: an hour of service in which nobody of the provider works or is on call."""
    if facts.provider is None:
        return
    there = _there(facts)
    for id_, service in facts.client.services.items():
        day = _first_uncovered(facts.client.calendars[service.hours].windows, there)
        if day is not None:
            text = f"its hours on {words.DAYS[day]} are covered by no shift and no on-call"
            fix = "extend a shift or on_call, or shorten its hours"
            yield Gap("G13", _WHAT, id_, text, facts.accountable(id_), fix)


def _there(facts: Facts) -> list[Windows]:
    """When somebody of the provider is there: shifts of people who have not left, and the turn of on-call."""
    on_call = facts.doc.on_call or (facts.provider.on_call if facts.provider else None)
    there: list[Windows] = [
        person.shift
        for id_, person in facts.people.items()
        if person.org == "msp" and person.shift and id_ not in facts.gone
    ]
    if on_call is not None:
        there.append(facts.client.calendars[on_call.calendar].windows)
    return there


def _first_uncovered(wanted: Windows, there: list[Windows]) -> int | None:
    for day in range(7):
        reached = sorted(window for one in there for window in one[day])
        for opens, closes in wanted[day]:
            at = opens
            for start, end in reached:
                at = max(at, end) if start <= at else at
            if at < closes:
                return day
    return None


def _sold(facts: Facts) -> Iterator[Gap]:
    """G21: what an offering includes, and nothing delivers."""
    protected = {one for policy in facts.doc.policies.values() for job in policy.jobs.values() for one in job.protects}
    for id_, service in facts.doc.services.items():
        offering = facts.doc.offerings.get(service.offering)
        for part in offering.includes if offering else ():
            text, fix = _undelivered(facts, id_, part, protected)
            if text:
                said = f"{service.offering} includes {part}, and {text}"
                yield Gap("G21", _WHAT, id_, said, facts.accountable(id_), fix, part)


def _undelivered(facts: Facts, service: str, part: str, protected: set[str]) -> tuple[str, str]:
    """Why a part of an offering does not reach a service, and what closes it; empty where it does."""
    if part == "backup":
        fix = "add a job that protects it, or sell it without backup"
        return ("no job protects it", fix) if service not in protected else ("", "")
    if part == "patching":
        fix = "write a policy with limits for patches, or sell it without patching"
        is_limited = any(one.limits for one in facts.doc.policies.values())
        return ("", "") if is_limited else ("no policy limits how long a patch waits", fix)
    below = facts.doc.hosts.keys() & set(facts.doc.services[service].members)
    silent = sorted(below - facts.heard) if facts.heard is not None else []
    fix = "join their agents: watchbill agents invite"
    return (f"no agent checks in from {', '.join(silent)}", fix) if silent else ("", "")
