"""The five checks of processes."""

from __future__ import annotations

from datetime import timedelta

from console.operating_model.assess.criterion import Criterion, Result, Seen, counted, sorted_out
from console.operating_model.schema.records import DecisionRecord

_WHAT = "processes"


def _triggers(seen: Seen) -> Result:
    doc = seen.facts.doc
    kinds = ["finding.S1", "finding.S2"] if doc.slas else []
    kinds += ["finding.backup"] if any(one.jobs for one in doc.policies.values()) else []
    kinds += ["calendar"] if any(one.limits for one in doc.policies.values()) else []
    kinds += ["call"] if doc.channels or not kinds else []
    heard = {trigger for process in doc.processes.values() for trigger in process.triggers}
    return sorted_out((kind, kind in heard) for kind in kinds)


def _written(seen: Seen) -> Result:
    today = seen.facts.today
    return sorted_out(
        (id_, bool(one.runbook and seen.facts.accountable(id_)) and one.review is not None and one.review >= today)
        for id_, one in seen.facts.doc.processes.items()
    )


def _followed(seen: Seen) -> Result:
    closed = [one for one in seen.practice.lately() if one.resolved_at is not None and not one.is_cleared]
    return sorted_out((one.id, bool(one.runbook) and not one.skipped) for one in closed)


def _measured(seen: Seen) -> Result:
    processes, weeks = seen.facts.doc.processes, seen.practice.kpi_weeks
    by_process = None if weeks is None else {id_: weeks.get(one.kpi, 0) for id_, one in processes.items()}
    return counted(processes, by_process, 4)


def _improving(seen: Seen) -> Result:
    since = seen.facts.today - timedelta(days=90)
    reviewed = {one.covers.get("process") for one in seen.facts.of(DecisionRecord) if one.at >= since}
    missed = seen.practice.missed_kpis
    return sorted_out(
        (
            id_,
            one.runbook in seen.practice.changed_runbooks
            or (id_ in reviewed and missed is not None and one.kpi not in missed),
        )
        for id_, one in seen.facts.doc.processes.items()
    )


CRITERIA = (
    Criterion(
        _WHAT,
        1,
        "each type of trigger has a process",
        "work that nothing listens for is done by chance, or not at all",
        "FitSM-1",
        "let a process listen to {item}",
        _triggers,
    ),
    Criterion(
        _WHAT,
        2,
        "each process has a runbook, an owner and a review that is not overdue",
        "what is only in somebody's head leaves with them",
        "ISO/IEC 20000-1",
        "write the runbook of {item}, name its owner and set its review",
        _written,
    ),
    Criterion(
        _WHAT,
        3,
        "incidents are closed with their runbook, and no step is skipped",
        "a runbook that nobody follows tells nothing about the next time",
        "IT4IT (detect to correct)",
        "close incidents with their runbook; {item} was not",
        _followed,
    ),
    Criterion(
        _WHAT,
        4,
        "the KPI of each process has values for four weeks or more",
        "one good week is luck; four show how the work runs",
        "FitSM-6",
        "freeze the weekly reports: {item} has no four weeks of values",
        _measured,
    ),
    Criterion(
        _WHAT,
        5,
        "each runbook changed with a reason in 90 days, or was reviewed unchanged with its KPI met",
        "a runbook that never changes is not read",
        "FitSM-6",
        "review {item}: change its runbook with a reason, or decide that it stays",
        _improving,
    ),
)
