"""Gaps of governance, processes, measurement and the plan: G3, G8, G9, G14, G17, G20, G22."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from console.operating_model.gaps.gap import Facts, Gap
from console.operating_model.schema.governance import PolicyDoc
from console.operating_model.schema.records import ActionRecord


def found(facts: Facts) -> Iterator[Gap]:
    """Every gap of these kinds."""
    yield from _processes(facts)
    for id_, policy in facts.doc.policies.items():
        yield from _policy(facts, id_, policy)
    yield from _numbers(facts)
    yield from _plan(facts)


def _processes(facts: Facts) -> Iterator[Gap]:
    heard = {trigger for process in facts.doc.processes.values() for trigger in process.triggers}
    for id_, process in facts.doc.processes.items():
        owner = facts.accountable(id_)
        if not process.runbook:
            yield Gap("G8", "processes", id_, "it has no runbook", owner, "write the steps down: runbook", "runbook")
        if process.review is None or process.review < facts.today:
            text = f"its review was due {process.review}" if process.review else "it is never reviewed"
            yield Gap("G8", "processes", id_, text, owner, "review it, and set the next date", "review")
    kinds = {"finding.S1", "finding.S2"} if facts.doc.slas else set()
    kinds |= {"finding.backup"} if any(policy.jobs for policy in facts.doc.policies.values()) else set()
    for kind in sorted(kinds - heard if facts.doc.processes else set()):
        yield Gap("G9", "processes", kind, "no process listens to it", "", "add it to the triggers of a process")


def _policy(facts: Facts, id_: str, policy: PolicyDoc) -> Iterator[Gap]:
    owner = facts.holder(policy.owner)
    for severity in policy.limits:
        if f"patch_{severity}" not in facts.doc.kpis:
            text = f"nothing measures its limit {severity}"
            yield Gap("G20", "governance", id_, text, owner, f"register the KPI patch_{severity}", severity)
    if policy.jobs and "backup_success" not in facts.doc.kpis:
        text = "nothing measures whether its jobs succeed"
        yield Gap("G20", "governance", id_, text, owner, "register the KPI backup_success", "jobs")
    for check in policy.checks:
        if check not in facts.checks:
            text = f"no agent makes the check {check}"
            yield Gap("G20", "governance", id_, text, owner, "name a check that exists", check)
    if policy.review is not None and policy.review < facts.today:
        text = f"its review was due {policy.review}"
        yield Gap("G8", "governance", id_, text, owner, "review it, and set the next date")


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
