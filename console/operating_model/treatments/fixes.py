"""The fix of a gap as a change of the model, where the model itself says enough to propose one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

from console.operating_model.gaps.gap import Facts, Gap
from console.operating_model.schema.services import TargetDoc
from console.operating_model.treatments.people import stand_in
from console.operating_model.treatments.treatment import Change, Treatment, duration_word, flow

_NEXT_REVIEW = timedelta(days=90)
_SOURCES = {"sla_own": "incidents", "sla_resolve": "incidents"}


def fix(facts: Facts, gap: Gap) -> Treatment | None:
    """The change that closes a gap; None where only a person can say what to write."""
    make = _FIXES.get(gap.number)
    changes = make(facts, gap) if make else ()
    if not changes:
        return None
    told = ", ".join(f"{one.path}: {one.value}" for one in changes)
    return Treatment("change", f"write {told}", changes, owner=gap.owner)


def _promise(facts: Facts, gap: Gap) -> tuple[Change, ...]:
    """G2: the only SLA there is, or the KPIs that its parts need."""
    if gap.part == "sla":
        only = tuple(facts.doc.slas) if len(facts.doc.slas) == 1 else ()
        return tuple(Change(f"services.{gap.about}.sla", one) for one in only)
    wanted = ("sla_own", "sla_resolve", "availability")
    return tuple(_kpi(one) for one in wanted if one not in facts.doc.kpis and one in gap.fix)


def _kpi(name: str) -> Change:
    entry: dict[str, object] = {"unit": "percent", "better": "higher", "source": _SOURCES.get(name, "findings")}
    if name != "availability":
        entry["target"] = 95
    return Change(f"kpis.{name}", flow(entry))


def _second(facts: Facts, gap: Gap) -> tuple[Change, ...]:
    """G4: a deputy from the team of who does it."""
    row = next((row for row in facts.doc.raci if row.for_ == gap.about), None)
    found = stand_in(facts, *row.R, row.A) if row else ""
    return (Change(f"raci.{gap.about}.deputy", found),) if found else ()


def _deputy(facts: Facts, gap: Gap) -> tuple[Change, ...]:
    """A role without deputy: somebody of its holder's team."""
    found = stand_in(facts, facts.doc.roles[gap.about].holder) if gap.part == "deputy" else ""
    return (Change(f"roles.{gap.about}.deputy", found),) if found else ()


def _review(facts: Facts, gap: Gap) -> tuple[Change, ...]:
    """G8: the next review, of a process or a policy that the client's own file holds."""
    if gap.part != "review":
        return ()
    then = (facts.today + _NEXT_REVIEW).isoformat()
    section = "policies" if gap.component == "governance" else "processes"
    baseline = facts.provider.baseline if facts.provider else None
    if section == "processes" and baseline and baseline.processes.get(gap.about) == facts.doc.processes[gap.about]:
        entry = facts.doc.processes[gap.about].model_dump(by_alias=True, exclude_unset=True)
        return (Change(f"processes.{gap.about}", flow({**entry, "review": then})),)
    if section == "policies" and baseline and baseline.policies.get(gap.about) == facts.doc.policies[gap.about]:
        return ()
    return (Change(f"{section}.{gap.about}.review", then),)


def _outcome(facts: Facts, gap: Gap) -> tuple[Change, ...]:
    """G18: the only outcome there is."""
    only = facts.doc.outcomes if len(facts.doc.outcomes) == 1 else ()
    return tuple(Change(f"services.{gap.about}.outcome", one.id) for one in only)


def _order(facts: Facts, gap: Gap) -> tuple[Change, ...]:
    """G19: the next place in the recovery order."""
    last = max((one.recovery_order or 0 for one in facts.doc.services.values()), default=0)
    return (Change(f"services.{gap.about}.recovery_order", str(last + 1)),)


def _reach(facts: Facts, gap: Gap) -> tuple[Change, ...]:
    """G10: the RPO that its best job reaches."""
    jobs = {id_: job for policy in facts.doc.policies.values() for id_, job in policy.jobs.items()}
    mine = {id_: job for id_, job in jobs.items() if gap.about in job.protects}
    best = min(job.every + facts.run_seconds.get(id_, job.takes or 0) for id_, job in mine.items())
    return (Change(f"services.{gap.about}.rpo", duration_word(best)),)


def _limit(_: Facts, gap: Gap) -> tuple[Change, ...]:
    """G20: the KPI that looks at a limit."""
    name = "backup_success" if gap.part == "jobs" else f"patch_{gap.part}"
    return (_kpi(name),) if name in gap.fix else ()


def _grow(facts: Facts, gap: Gap) -> tuple[Change, ...]:
    """G22: no milder severity is promised sooner than a worse one."""
    targets: dict[str, TargetDoc] = {str(one): target for one, target in facts.doc.slas[gap.about].incident.items()}
    changes: list[Change] = []
    for worse, milder in pairwise(sorted(targets)):
        for part in ("own", "resolve"):
            wanted = getattr(targets[worse], part)
            if getattr(targets[milder], part) < wanted:
                targets[milder] = targets[milder].model_copy(update={part: wanted})
                changes.append(Change(f"slas.{gap.about}.incident.{milder}.{part}", duration_word(wanted)))
    return tuple(changes)


def _retire(_: Facts, gap: Gap) -> tuple[Change, ...]:
    return (Change(f"services.{gap.about}.lifecycle", "retiring"),)


_FIXES: dict[str, Callable[[Facts, Gap], tuple[Change, ...]]] = {
    "G2": _promise,
    "G4": _second,
    "G8": _review,
    "G10": _reach,
    "G18": _outcome,
    "G19": _order,
    "G20": _limit,
    "G22": _grow,
    "ROLE": _deputy,
    "IDLE": _retire,
}
