"""Gaps of governance, processes, measurement and the plan: G3, G8–G12, G14, G17, G20, G22."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from checks.wording import duration
from console.operating_model.gaps.gap import WAIVER_ENDS_SOON, Facts, Gap
from console.operating_model.schema.governance import PolicyDoc
from console.operating_model.schema.records import ActionRecord, RestoreTestRecord, WaiverRecord


def found(facts: Facts) -> Iterator[Gap]:
    """Every gap of these kinds."""
    yield from _processes(facts)
    for id_, policy in facts.doc.policies.items():
        yield from _policy(facts, id_, policy)
    yield from _backups(facts)
    yield from _leave(facts)
    yield from _numbers(facts)
    yield from _plan(facts)


def _processes(facts: Facts) -> Iterator[Gap]:
    heard = {trigger for process in facts.doc.processes.values() for trigger in process.triggers}
    for id_, process in facts.doc.processes.items():
        owner = facts.accountable(id_)
        if not process.runbook:
            yield Gap("G8", "processes", id_, "it has no runbook", owner, "write the steps down: runbook")
        if process.review is None or process.review < facts.today:
            text = f"its review was due {process.review}" if process.review else "it is never reviewed"
            yield Gap("G8", "processes", id_, text, owner, "review it, and set the next date")
    kinds = {"finding.S1", "finding.S2"} if facts.doc.slas else set()
    kinds |= {"finding.backup"} if any(policy.jobs for policy in facts.doc.policies.values()) else set()
    for kind in sorted(kinds - heard if facts.doc.processes else set()):
        yield Gap("G9", "processes", kind, "no process listens to it", "", "add it to the triggers of a process")


def _policy(facts: Facts, id_: str, policy: PolicyDoc) -> Iterator[Gap]:
    owner = facts.holder(policy.owner)
    for severity in policy.limits:
        if f"patch_{severity}" not in facts.doc.kpis:
            text = f"nothing measures its limit {severity}"
            yield Gap("G20", "governance", id_, text, owner, f"register the KPI patch_{severity}")
    for check in policy.checks:
        if check not in facts.checks:
            yield Gap("G20", "governance", id_, f"no agent makes the check {check}", owner, "name a check that exists")
    if policy.review is not None and policy.review < facts.today:
        text = f"its review was due {policy.review}"
        yield Gap("G8", "governance", id_, text, owner, "review it, and set the next date")


def _backups(facts: Facts) -> Iterator[Gap]:
    tests = [one for one in facts.of(RestoreTestRecord) if one.result == "ok" and one.at <= facts.today]
    for policy in facts.doc.policies.values():
        for id_ in sorted({one for job in policy.jobs.values() for one in job.protects}):
            mine = sorted((one for one in tests if one.service == id_), key=lambda one: one.at)
            text = _unproven(facts, policy, id_, mine)
            if text:
                fix = "restore a sample, time it, and record it as a restore-test"
                yield Gap("G11", "governance", id_, text, facts.accountable(id_), fix)
            yield from _reach(facts, policy, id_)


def _unproven(facts: Facts, policy: PolicyDoc, service: str, tests: list[RestoreTestRecord]) -> str:
    if policy.restore_test_every is None:
        return ""
    if not tests:
        return "it was never restore-tested"
    last, every = tests[-1], timedelta(seconds=policy.restore_test_every)
    if facts.today > last.at + every:
        return f"its last restore test was {last.at}, and {every.days} days are allowed"
    rto = facts.doc.services[service].rto
    timed = [one.duration for one in tests if one.duration is not None]
    if rto and (not timed or timed[-1] > rto):
        return f"no timed restore ever took less than its RTO of {duration(rto)}"
    return ""


def _reach(facts: Facts, policy: PolicyDoc, service: str) -> Iterator[Gap]:
    """G10, K10: interval and duration of its best job together stay within the RPO."""
    rpo = facts.doc.services[service].rpo
    jobs = {id_: job for id_, job in policy.jobs.items() if service in job.protects}
    best = min(job.every + facts.run_seconds.get(id_, job.takes or 0) for id_, job in jobs.items())
    if rpo is not None and best > rpo:
        text = f"its best job reaches {duration(best)}, and the RPO is {duration(rpo)}"
        yield Gap("G10", "governance", service, text, facts.accountable(service), "run it more often, or raise the RPO")


def _leave(facts: Facts) -> Iterator[Gap]:
    """G12: what a waiver excused goes on after its end; and waivers that end soon."""
    undone = {one.id for one in facts.of(ActionRecord) if one.done is None}
    for waiver in (one for one in facts.of(WaiverRecord) if one.approved_by and not one.ended):
        if waiver.expires < facts.today and waiver.action in undone:
            text = f"it ended {waiver.expires}, and its action {waiver.action} is not done"
            yield Gap(
                "G12", "governance", waiver.id, text, waiver.asked_by, "do what it put off, or ask again with a reason"
            )
        elif facts.today <= waiver.expires <= facts.today + WAIVER_ENDS_SOON:
            text = f"it ends in {(waiver.expires - facts.today).days} days, on {waiver.expires}"
            yield Gap("END", "governance", waiver.id, text, waiver.asked_by, "finish before, or ask again in time")


def _numbers(facts: Facts) -> Iterator[Gap]:
    for id_, kpi in facts.doc.kpis.items():
        has_target = kpi.target is not None or kpi.range is not None or id_ == "availability"  # its target is each SLO
        if not has_target or not kpi.source:
            text = "it has no target" if not has_target else "it has no source"
            yield Gap("G3", "measurement", id_, text, "", "say what is good enough, and where the number comes from")
    for id_, sla in facts.doc.slas.items():
        targets = [sla.incident[severity] for severity in ("S1", "S2", "S3", "S4") if severity in sla.incident]
        if any(after.own < before.own or after.resolve < before.resolve for before, after in pairwise(targets)):
            text = "a milder severity is promised sooner than a worse one"
            yield Gap("G22", "measurement", id_, text, "", "let the targets grow from S1 to S4")


def _plan(facts: Facts) -> Iterator[Gap]:
    for outcome in facts.doc.outcomes:
        if not outcome.kpi or outcome.baseline is None:
            text = "no KPI proves it" if not outcome.kpi else "it has no baseline"
            yield Gap(
                "G14", "measurement", outcome.id, text, outcome.owner, "name the KPI, and where it stood at the start"
            )
    late = [(one.id, one.text, one.owner, one.due) for one in facts.doc.milestones if one.done is None]
    late += [(one.id, one.text, one.owner, one.due) for one in facts.of(ActionRecord) if one.done is None]
    for id_, text, owner, due in late:
        if due < facts.today:
            yield Gap("G17", "plan", id_, f"“{text}” was due {due}", owner, "do it, or set another date with a reason")
