"""The formulas of K1 to K25 (operating-model.md, 3.3): what each number means, and when a change of it is one. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Literal

PAPER = "docs/operating-model.md"
"""Where a reader finds the whole table."""
POINT = Fraction(1, 100)
"""Noise band of shares: one point (5.1)."""
TIMES = Fraction(1, 5)
"""Noise band of times, relative: 20 % (5.1)."""


@dataclass(frozen=True, slots=True)
class Formula:
    """One KPI."""

    kpi: str
    name: str
    formula: str
    inputs: str
    edges: str
    better: Literal["higher", "lower", "range"]
    source: str

    def band(self, unit: str, before: Fraction) -> Fraction:
        """How much a number may move without that meaning anything."""
        return POINT if unit == "%" else abs(before) * TIMES


def _formula(kpi: str, name: str, formula: str, inputs: str, rest: tuple[str, str, str]) -> Formula:
    edges, better, source = rest
    if better not in ("higher", "lower", "range"):
        raise ValueError(better)
    return Formula(kpi, name, formula, inputs, edges, better, source)  # type: ignore[arg-type]  # checked above


_ALL = (
    _formula(
        "K1",
        "availability",
        "(|K| − |D|) ÷ |K|; in contract terms (|K − Dx| − |Da|) ÷ |K − Dx|",
        "check-ins, outages, maintenance, calendars",
        ("nothing due, no data, unproven: `low` and `high` say how far the unknown reaches", "higher", "3.1"),
    ),
    _formula(
        "K2",
        "coverage",
        "|K| ÷ |E|",
        "as K1",
        ("below 95 % the row is to be watched", "higher", "3.1"),
    ),
    _formula(
        "K3",
        "error budget, burn rate",
        "B = Σ of the whole weeks of the window: (1 − T) × |E|, rounded down; left = B − |Da|; "
        "burn = (|Da| ÷ |K − Dx|) ÷ (1 − T)",
        "target, calendar, 28 days",
        (
            "T = 100 %: any second is over; low and high like K1; a new target starts on the next Monday",
            "higher",
            "SRE",
        ),
    ),
    _formula(
        "K4",
        "check-in completeness",
        "1 − Σ unknown ÷ Σ expected, over the hosts (sum over sum)",
        "check-ins, presence",
        ("expected from enrolment to retirement; what is confirmed down is known", "higher", "own"),
    ),
    _formula(
        "K5",
        "enrolment",
        "hosts with a working agent ÷ hosts in the model",
        "model, check-ins",
        ("working: heard in the last 24 h of expected presence; who travels, in 7 days", "higher", "own"),
    ),
    _formula(
        "K6",
        "patch compliance",
        "of each severity: hosts whose missing patches are all within their limit ÷ hosts that were assessed",
        "scans, policy, waivers",
        (
            "age in local days; pending restart = missing; a stale scan = not assessed, so bounds",
            "higher",
            "Cyber Essentials",
        ),
    ),
    _formula(
        "K7",
        "overdue patch-days",
        "Σ max(0, age − limit) over host and patch",
        "as K6",
        ("waived ones are counted and shown apart", "lower", "timeline, not percentage"),
    ),
    _formula(
        "K8",
        "backup success",
        "runs with a usable restore point in their window ÷ runs that were due",
        "job schedule, runs",
        (
            "a retry inside the window is success; no evidence while the agent reports = missed",
            "higher",
            "MSP practice",
        ),
    ),
    _formula(
        "K9",
        "RPO compliance",
        "time in which the newest usable restore point is no older than the RPO ÷ known time",
        "restore points, RPO",
        ("age counts from the start of the copied state; before the first point = not kept", "higher", "RPO"),
    ),
    _formula(
        "K10",
        "RPO reachable",
        "interval + expected duration ≤ RPO",
        "policy, median duration of the last 20 runs",
        ("fewer than 3 runs: the planned duration", "higher", "own"),
    ),
    _formula(
        "K11",
        "restore proof",
        "services with a successful test that is young enough ÷ services that need one",
        "restore tests",
        ("never tested = not proven; a failed test proves nothing", "higher", "restore-test practice"),
    ),
    _formula(
        "K12",
        "time to own",
        "time on the SLA's clock from detection to the first human owner: mean, median, P90 (nearest rank)",
        "incident events",
        ("not owned at the end: listed, not in the mean", "lower", "iTop TTO"),
    ),
    _formula(
        "K13",
        "first response",
        "detection to the first message that the client can see",
        "incident events",
        ("may come before an owner", "lower", "service-desk practice"),
    ),
    _formula(
        "K14",
        "time to resolve",
        "time on the SLA's clock without pauses, at the resolution",
        "incident events",
        ("reopened ones count once, at their last resolution; void and children do not", "lower", "iTop TTR"),
    ),
    _formula(
        "K15",
        "attainment",
        "met ÷ final verdicts of the week",
        "incident events, SLA",
        ("final: done, or at the first instant of a breach, which stays; none due is said", "higher", "iTop SLT"),
    ),
    _formula(
        "K16",
        "reopen share",
        "incidents reopened ÷ incidents resolved",
        "incident events",
        ("none resolved: none", "lower", "MSP practice"),
    ),
    _formula(
        "K17",
        "noise",
        "(cleared by themselves without anybody + voided) ÷ (raised − suppressed duplicates)",
        "findings",
        ("known and waived are neither; the same again within 60 min is one", "lower", "MSP practice"),
    ),
    _formula(
        "K18",
        "load",
        "logged minutes ÷ (hours on duty − leave)",
        "work log, shifts",
        ("capacity 0 is absent; the band is 60 to 85 %", "range", "PSA utilisation"),
    ),
    _formula(
        "K19",
        "life end",
        "hosts past the end of support or warranty, and within 90 days of it",
        "model, systems as the agents see them",
        ("an unknown date has its own bucket", "lower", "lifecycle practice"),
    ),
    _formula(
        "K20",
        "supplier attainment",
        "supplier tickets within their contract, on the contract's calendar ÷ those due",
        "incident events with the supplier's reference",
        ("without a reference it cannot be measured", "higher", "ISO 20000 8.3.3"),
    ),
    _formula(
        "K21",
        "ageing",
        "open incidents by age: <1 d, 1–3, 3–7, 7–14, ≥14",
        "incident events",
        ("the lower edge belongs to the bucket; paused ones are marked", "lower", "own"),
    ),
    _formula(
        "K22",
        "waiver state",
        "in force, ending within 14 days, expired with the deviation still there",
        "waivers, findings",
        ("expired and gone = closed", "lower", "exception registers"),
    ),
    _formula(
        "K23",
        "patch-night success",
        "windows that ended in time with every service well ÷ windows done",
        "maintenance, check-ins",
        ("called off before its start = not counted", "higher", "change success"),
    ),
    _formula(
        "K24",
        "user-hours lost, delivered",
        "Σ users × |D| ÷ 3600; delivered: users × (|K| − |D|) ÷ 3600",
        "K1, users",
        ("one decimal, what is lost rounds up", "lower", "value view"),
    ),
    _formula(
        "K25",
        "outcome progress",
        "(current − baseline) ÷ (target − baseline), within 0 and 1",
        "the outcome's KPI",
        ("100 % only where the target is met; target = baseline: yes or no", "higher", "own"),
    ),
)
FORMULAS: Mapping[str, Formula] = {one.kpi: one for one in _ALL}


def trend(formula: Formula, unit: str, now: Fraction, before: Sequence[Fraction]) -> str:
    """`better`, `worse`, `up`, `down`, `=`, or "" where there is nothing to compare with (5.1).

    This week against the median of up to four weeks before; within the noise band nothing has changed.
    """
    if not before:
        return ""
    middle = median(before[-4:])
    if abs(now - middle) <= formula.band(unit, middle):
        return "="
    if formula.better == "range":
        return "up" if now > middle else "down"
    return "better" if (now > middle) == (formula.better == "higher") else "worse"
