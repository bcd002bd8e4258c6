"""Measurement: every number that counts, the formula behind it, its target, and what it is now (30)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from console.operating_model.components.entry import NOT_MEASURED, Component, Entry, Live, nothing, plain
from console.operating_model.people.staff import Staff
from console.operating_model.schema.measurement import KpiDoc
from console.operating_model.schema.records import RestoreTestRecord


class Formula(NamedTuple):
    """How a number is made (operating-model.md, 3.3)."""

    id: str
    text: str
    inputs: str


_PATCH = Formula("K6", "hosts without a missing patch older than its limit, plus waived ones ÷ hosts scanned", "scans")
_SLA = "met ÷ final verdicts in the period; a verdict is final when kept, or at the first instant of its breach"
FORMULAS: Mapping[str, Formula] = {
    "availability": Formula(
        "K1", "(known − down) ÷ known, inside the covered hours, planned work taken out", "check-ins"
    ),
    "checkin": Formula("K4", "known time ÷ expected time, over all hosts", "check-ins"),
    "patch_critical": _PATCH,
    "patch_high": _PATCH,
    "patch_moderate": _PATCH,
    "patch_low": _PATCH,
    "backup_success": Formula("K8", "runs with a usable restore point inside their window ÷ runs due", "backup runs"),
    "rpo_time": Formula("K9", "time in which the newest restore point is young enough ÷ known time", "restore points"),
    "restore_test_age_days": Formula(
        "K11", "days since the oldest newest restore test that went well", "restore tests"
    ),
    "sla_own": Formula("K15", _SLA, "incidents"),
    "sla_resolve": Formula("K15", _SLA, "incidents"),
    "noise": Formula("K17", "(cleared by itself + voided) ÷ (raised − duplicates)", "findings"),
    "load": Formula("K18", "logged minutes ÷ hours there are for work", "work log"),
}


def component(staff: Staff, live: Live) -> Component:
    """Every KPI with its value, or that it is not measured."""
    values = {**restore_age(staff), **live.kpis}
    rows = [_entry(staff, values, id_, kpi) for id_, kpi in staff.doc.kpis.items()]
    measured = sum(id_ in values for id_ in staff.doc.kpis)
    answer = f"{measured} of {len(rows)} measured now"
    if not rows:
        rows = [nothing("kpi", "kpis", "which numbers count, and what is good enough", staff.client)]
    return Component(answer, tuple(rows), "ok" if measured == len(staff.doc.kpis) and measured else "watch")


def target_words(kpi: KpiDoc) -> str:
    """`at least 95 percent`, `at most 90 days`, `60 to 85 percent`."""
    if kpi.range is not None:
        return f"{kpi.range[0]:g} to {kpi.range[1]:g} {kpi.unit}"
    if kpi.target is None:
        return "no target of its own"
    return f"{'at least' if kpi.better == 'higher' else 'at most'} {kpi.target:g} {kpi.unit}"


def restore_age(staff: Staff) -> dict[str, str]:
    """K11 from the restore tests on record: the worst of the services that a backup job protects."""
    saved = {one for policy in staff.doc.policies.values() for job in policy.jobs.values() for one in job.protects}
    tests = [one for one in staff.records if isinstance(one, RestoreTestRecord) and one.result == "ok"]
    newest = {id_: max((one.at for one in tests if one.service == id_), default=None) for id_ in sorted(saved)}
    never = [id_ for id_, at in newest.items() if at is None]
    if not saved:
        return {}
    if never:
        return {"restore_test_age_days": f"never: {', '.join(never)}"}
    oldest = min(at for at in newest.values() if at is not None)
    return {"restore_test_age_days": f"{(staff.today - oldest).days} days"}


def _entry(staff: Staff, values: Mapping[str, str], id_: str, kpi: KpiDoc) -> Entry:
    formula = FORMULAS.get(id_, Formula("own", "defined by this house; no formula of ours", kpi.source or "unknown"))
    value = values.get(id_, NOT_MEASURED)
    row = plain("kpi", id_, id_, (formula.id, target_words(kpi), value))
    shown = {one.service or one.id: one.text for one in staff.doc.outcomes if one.kpi == id_}
    proves = [f"proves     {name}: {text}" for name, text in shown.items()]
    used = [f"measures   {process.name}" for process in staff.doc.processes.values() if process.kpi == id_]
    promised = [
        f"target     {staff.subject(name)} {one.slo.availability * 100:g} %"
        for name, one in staff.doc.services.items()
        if id_ == "availability" and one.slo
    ]
    detail = (
        f"{id_}: {value}",
        "",
        f"formula    {formula.id}: {formula.text}",
        f"made from  {formula.inputs}",
        f"target     {target_words(kpi)} ({kpi.better} is better)",
        *promised,
        f"source     {kpi.source or 'nobody said where it comes from'}",
        *proves,
        *used,
    )
    return replace(
        row, detail=detail, tone="unknown" if id_ not in values else "breach" if value.startswith("never") else ""
    )
