"""Gaps about the safety of data, and about leave that ran out: G10, G11, G12."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from checks.wording import duration
from console.operating_model.gaps.gap import WAIVER_ENDS_SOON, Facts, Gap
from console.operating_model.schema.records import ActionRecord, RestoreTestRecord, WaiverRecord


def found(facts: Facts) -> Iterator[Gap]:
    """Every gap of this kind."""
    tests = sorted((one for one in facts.of(RestoreTestRecord) if one.at <= facts.today), key=lambda one: one.at)
    good: dict[str, list[RestoreTestRecord]] = {}
    for one in tests:
        if one.result == "ok":
            good.setdefault(one.service, []).append(one)
    allowed = _allowed(facts)
    for id_ in facts.doc.services:
        mine = good.get(id_, [])
        text = _untested(facts, allowed.get(id_), mine) or _too_slow(facts, id_, mine)
        if text:
            fix = "restore a sample, time it, and record it as a restore-test"
            yield Gap("G11", "governance", id_, text, facts.accountable(id_), fix)
    yield from _reach(facts)
    yield from _leave(facts)


def _allowed(facts: Facts) -> dict[str, int]:
    """By service, how old its restore test may be; of several policies the strictest counts."""
    found: dict[str, int] = {}
    for policy in facts.doc.policies.values():
        every = policy.restore_test_every
        if every is not None:
            protected = {one for job in policy.jobs.values() for one in job.protects}
            found.update({one: min(every, found.get(one, every)) for one in protected})
    return found


def _untested(facts: Facts, allowed: int | None, tests: list[RestoreTestRecord]) -> str:
    """A protected service without a restore test inside its policy."""
    if allowed is None:
        return ""
    if not tests:
        return "it was never restore-tested"
    last, every = tests[-1].at, timedelta(seconds=allowed)
    return f"its last restore test was {last}, and {every.days} days are allowed" if facts.today > last + every else ""


def _too_slow(facts: Facts, service: str, tests: list[RestoreTestRecord]) -> str:
    """An RTO that no timed test has ever proven."""
    rto = facts.doc.services[service].rto
    timed = [one.duration for one in tests if one.duration is not None]
    if rto is None or (timed and min(timed) <= rto):
        return ""
    return f"no timed restore ever took {duration(rto)} or less, its RTO"


def _reach(facts: Facts) -> Iterator[Gap]:
    """G10, K10: interval and duration of its best job together stay within the RPO."""
    best: dict[str, int] = {}
    for policy in facts.doc.policies.values():
        for id_, job in policy.jobs.items():
            reach = job.every + facts.run_seconds.get(id_, job.takes or 0)
            best.update({one: min(reach, best.get(one, reach)) for one in job.protects})
    for id_ in sorted(best):
        rpo = facts.doc.services[id_].rpo
        if rpo is not None and best[id_] > rpo:
            text = f"its best job reaches {duration(best[id_])}, and the RPO is {duration(rpo)}"
            fix = "run it more often, or raise the RPO"
            yield Gap("G10", "governance", id_, text, facts.accountable(id_), fix)


def _leave(facts: Facts) -> Iterator[Gap]:
    """G12: what a waiver excused goes on after its end (its day's first midnight); and waivers that end soon."""
    undone = {one.id for one in facts.of(ActionRecord) if one.done is None}
    for waiver in (one for one in facts.of(WaiverRecord) if one.approved_by and not one.ended):
        if waiver.expires <= facts.today:
            seen = "agents still see what it excused" if waiver.id in facts.deviating else ""
            open_ = f"its action {waiver.action} is not done" if waiver.action in undone else ""
            why = " and ".join(filter(None, (seen, open_)))
            fix = "do what it put off, or ask again with a reason"
            if why:
                yield Gap("G12", "governance", waiver.id, f"it ended {waiver.expires}: {why}", waiver.asked_by, fix)
        elif waiver.expires <= facts.today + WAIVER_ENDS_SOON:
            text = f"it ends in {(waiver.expires - facts.today).days} days, on {waiver.expires}"
            yield Gap("END", "governance", waiver.id, text, waiver.asked_by, "finish before, or ask again in time")
