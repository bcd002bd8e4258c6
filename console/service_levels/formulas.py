"""The formulas of K1 to K25 (operating-model.md, 3.3): what each number means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from console.service_levels.formula import Formula, formula

_ALL = (
    formula(
        "K1",
        "availability",
        "(|K| − |D|) ÷ |K|; in contract terms (|K − Dx| − |Da|) ÷ |K − Dx|",
        "check-ins, outages, maintenance, calendars",
        ("nothing due, no data, unproven: `low` and `high` say how far the unknown reaches", "higher", "3.1"),
    ),
    formula(
        "K2",
        "coverage",
        "|K| ÷ |E|",
        "as K1",
        ("below 95 % the row is to be watched", "higher", "3.1"),
    ),
    formula(
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
    formula(
        "K4",
        "check-in completeness",
        "1 − Σ unknown ÷ Σ expected, over the hosts (sum over sum)",
        "check-ins, presence",
        ("expected from enrolment to retirement; what is confirmed down is known", "higher", "own"),
    ),
    formula(
        "K5",
        "enrolment",
        "hosts with a working agent ÷ hosts in the model",
        "model, check-ins",
        ("working: heard in the last 24 h of expected presence; who travels, in 7 days", "higher", "own"),
    ),
    formula(
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
    formula(
        "K7",
        "overdue patch-days",
        "Σ max(0, age − limit) over host and patch",
        "as K6",
        ("waived ones are counted and shown apart", "lower", "timeline, not percentage"),
    ),
    formula(
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
    formula(
        "K9",
        "RPO compliance",
        "time in which the newest usable restore point is no older than the RPO ÷ known time",
        "restore points, RPO",
        ("age counts from the start of the copied state; before the first point = not kept", "higher", "RPO"),
    ),
    formula(
        "K10",
        "RPO reachable",
        "interval + expected duration ≤ RPO",
        "policy, median duration of the last 20 runs",
        ("fewer than 3 runs: the planned duration", "higher", "own"),
    ),
    formula(
        "K11",
        "restore proof",
        "services with a successful test that is young enough ÷ services that need one",
        "restore tests",
        ("never tested = not proven; a failed test proves nothing", "higher", "restore-test practice"),
    ),
    formula(
        "K12",
        "time to own",
        "time on the SLA's clock from detection to the first human owner: mean, median, P90 (nearest rank)",
        "incident events",
        ("not owned at the end: listed, not in the mean", "lower", "iTop TTO"),
    ),
    formula(
        "K13",
        "first response",
        "detection to the first message that the client can see",
        "incident events",
        ("may come before an owner", "lower", "service-desk practice"),
    ),
    formula(
        "K14",
        "time to resolve",
        "time on the SLA's clock without pauses, at the resolution",
        "incident events",
        ("reopened ones count once, at their last resolution; void and children do not", "lower", "iTop TTR"),
    ),
    formula(
        "K15",
        "attainment",
        "met ÷ final verdicts of the week",
        "incident events, SLA",
        ("final: done, or at the first instant of a breach, which stays; none due is said", "higher", "iTop SLT"),
    ),
    formula(
        "K16",
        "reopen share",
        "incidents reopened ÷ incidents resolved",
        "incident events",
        ("none resolved: none", "lower", "MSP practice"),
    ),
    formula(
        "K17",
        "noise",
        "(cleared by themselves without anybody + voided) ÷ (raised − suppressed duplicates)",
        "findings",
        ("known and waived are neither; the same again within 60 min is one", "lower", "MSP practice"),
    ),
    formula(
        "K18",
        "load",
        "logged minutes ÷ (hours on duty − leave)",
        "work log, shifts",
        ("capacity 0 is absent; the band is 60 to 85 %", "range", "PSA utilisation"),
    ),
    formula(
        "K19",
        "life end",
        "hosts past the end of support or warranty, and within 90 days of it",
        "model, systems as the agents see them",
        ("an unknown date has its own bucket", "lower", "lifecycle practice"),
    ),
    formula(
        "K20",
        "supplier attainment",
        "supplier tickets within their contract, on the contract's calendar ÷ those due",
        "incident events with the supplier's reference",
        ("without a reference it cannot be measured", "higher", "ISO 20000 8.3.3"),
    ),
    formula(
        "K21",
        "ageing",
        "open incidents by age: <1 d, 1–3, 3–7, 7–14, ≥14",
        "incident events",
        ("the lower edge belongs to the bucket; paused ones are marked", "lower", "own"),
    ),
    formula(
        "K22",
        "waiver state",
        "in force, ending within 14 days, expired with the deviation still there",
        "waivers, findings",
        ("expired and gone = closed", "lower", "exception registers"),
    ),
    formula(
        "K23",
        "patch-night success",
        "windows that ended in time with every service well ÷ windows done",
        "maintenance, check-ins",
        ("called off before its start = not counted", "higher", "change success"),
    ),
    formula(
        "K24",
        "user-hours lost, delivered",
        "Σ users × |D| ÷ 3600; delivered: users × (|K| − |D|) ÷ 3600",
        "K1, users",
        ("one decimal, what is lost rounds up", "lower", "value view"),
    ),
    formula(
        "K25",
        "outcome progress",
        "(current − baseline) ÷ (target − baseline), within 0 and 1",
        "the outcome's KPI",
        ("100 % only where the target is met; target = baseline: yes or no", "higher", "own"),
    ),
)
FORMULAS: Mapping[str, Formula] = {one.kpi: one for one in _ALL}
_NAMED = (
    formula(
        "K1",
        "redundancy lost",
        "seconds of E in which enough members were up, and not all",
        "check-ins, outages",
        ("a fleet of machines of one person each has no redundancy", "lower", "3.1"),
    ),
    formula(
        "K3",
        "burn rate",
        "(|Da| ÷ |K − Dx|) ÷ (1 − T)",
        "target, calendar, the last 7 days",
        ("T = 100 %: any second is over", "lower", "SRE"),
    ),
    formula(
        "K6",
        "patch exposure",
        "as patch compliance, and what is waived counts as missing",
        "scans, policy",
        ("what a waiver allows is still a risk", "higher", "Cyber Essentials"),
    ),
    formula(
        "K8",
        "first try",
        "runs that were good at the first try ÷ runs that were due",
        "job schedule, runs",
        ("a retry inside the window is success, and no first try", "higher", "MSP practice"),
    ),
    formula(
        "K9",
        "worst age of the newest copy",
        "the greatest age that the newest usable restore point reached in the week",
        "restore points",
        ("age counts from the start of the copied state", "lower", "RPO"),
    ),
    formula(
        "K14",
        "where time went",
        "wall-clock seconds of what was resolved: off-hours, waiting, for the client, for a supplier, working",
        "incident events, the calendar of the SLA",
        ("off-hours lies outside of the SLA's clock; the five add up to the whole", "lower", "5.4"),
    ),
    formula(
        "K17",
        "actionable",
        "what became work ÷ (raised − suppressed duplicates)",
        "findings",
        ("the same again within 60 min is one", "higher", "MSP practice"),
    ),
    formula(
        "K24",
        "user-hours delivered",
        "Σ users × (|K| − |D|) ÷ 3600",
        "K1, users",
        ("one decimal, what is delivered rounds down", "higher", "value view"),
    ),
    formula(
        "K25",
        "alignment",
        "minutes on services that serve an outcome ÷ minutes worked",
        "work log, incidents, actions and windows that it names",
        ("nothing logged: no figure", "higher", "row 36"),
    ),
)
_BY_NAME: Mapping[tuple[str, str], Formula] = {(one.kpi, one.name): one for one in _NAMED}
_AGES = frozenset({("K11", "days")})
"""KPIs whose figures in this unit are ages: of these, less is better."""


def formula_of(kpi: str, name: str) -> Formula:
    """The formula of one figure; of its KPI, where it has none of its own. Raises KeyError for a KPI there is not."""
    return _BY_NAME.get((kpi, name)) or FORMULAS[kpi]


def direction_of(kpi: str, name: str, unit: str) -> Formula:
    """The formula of one figure as a trend takes it: whether more or less of it is better."""
    found = formula_of(kpi, name)
    return replace(found, better="lower") if (kpi, unit) in _AGES else found
