"""The five checks of measurement."""

from __future__ import annotations

from console.operating_model.assess.criterion import Criterion, Result, Seen, sorted_out
from console.operating_model.schema.records import ActionRecord

_WHAT = "measurement"
FORMULAS = {
    "availability": "K1",
    "checkin": "K4",
    "patch_critical": "K6",
    "patch_high": "K6",
    "patch_moderate": "K6",
    "patch_low": "K6",
    "backup_success": "K8",
    "rpo_time": "K9",
    "restore_test_age_days": "K11",
    "sla_own": "K15",
    "sla_resolve": "K15",
    "noise": "K17",
    "load": "K18",
}
"""The formula of each KPI that the product knows (operating-model.md, 3.3)."""


def _registered(seen: Seen) -> Result:
    """Every KPI that a promise, a policy, a process or an outcome needs is in the register."""
    doc = seen.facts.doc
    wanted = {"sla_own", "sla_resolve"} if any(one.sla for one in seen.facts.client.services.values()) else set()
    wanted |= {"availability"} if any(one.slo for one in doc.services.values()) else set()
    wanted |= {f"patch_{severity}" for policy in doc.policies.values() for severity in policy.limits}
    wanted |= {*(one.kpi for one in doc.processes.values()), *(one.kpi for one in doc.outcomes)} - {""}
    return sorted_out((kpi, kpi in doc.kpis) for kpi in sorted(wanted or {"any KPI"}))


def _defined(seen: Seen) -> Result:
    lacking = {gap.about for gap in seen.gaps if gap.number == "G3"}
    return sorted_out((kpi, kpi not in lacking and kpi in FORMULAS) for kpi in seen.facts.doc.kpis)


def _valued(seen: Seen) -> Result:
    return sorted_out((kpi, kpi in seen.practice.measured) for kpi in seen.facts.doc.kpis)


def _frozen(seen: Seen) -> Result:
    on_time = seen.practice.frozen_on_time
    if on_time is None:
        return Result(failed=("the last four weeks",), is_measured=False)
    missing = tuple(f"week {number} of the last four" for number in range(len(on_time) + 1, 5))
    return Result(on_time[:4], missing)


def _answered(seen: Seen) -> Result:
    missed = seen.practice.missed_kpis
    if missed is None:
        return Result(failed=tuple(seen.facts.doc.kpis), is_measured=False)
    done = {one.from_ for one in seen.facts.of(ActionRecord) if one.done is not None}
    return sorted_out((kpi, kpi in done) for kpi in sorted(missed))


CRITERIA = (
    Criterion(
        _WHAT,
        1,
        "the KPIs that promises, policies, processes and outcomes need are registered",
        "what is promised and not counted cannot be shown to be kept",
        "COBIT 2019",
        "register {item}",
        _registered,
    ),
    Criterion(
        _WHAT,
        2,
        "each KPI has a target, a formula and a source",
        "a number without a target is neither good nor bad",
        "FitSM-1",
        "give {item} a target and a source that the product knows",
        _defined,
    ),
    Criterion(
        _WHAT,
        3,
        "each KPI has a value this week",
        "a register full of “no data” is a list of intentions",
        "our practice",
        "let something feed {item}",
        _valued,
    ),
    Criterion(
        _WHAT,
        4,
        "the report was frozen on time for four weeks",
        "a report that comes when it suits is not steered by",
        "our practice",
        "close and freeze {item} by Monday 10:00",
        _frozen,
    ),
    Criterion(
        _WHAT,
        5,
        "each missed KPI of the last 90 days got an action, and that action is done",
        "measuring changes nothing until somebody does something",
        "FitSM-6",
        "record an action from {item}, and do it",
        _answered,
    ),
)
