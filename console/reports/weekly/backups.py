"""Section 3 of the page, backups: what came of every run that was due, how old the newest copy got, what is proven.

K8 and K11 of operating-model.md, 3.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from checks.reading import Instant
from checks.text import clean
from console.operating_model.schema.records import RestoreTestRecord
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.records import evidence_of, is_copy, jobs, local, of, recorded_runs, runs, sighted, today
from console.reports.weekly.spoken import day, shortly
from console.service_levels.intervals import Interval, clip, intersection, normal, union
from console.service_levels.kpis.backups import (
    GOOD,
    Due,
    Run,
    Seen,
    judged,
    run_length,
    success,
)
from console.service_levels.kpis.jobs import Job
from console.service_levels.kpis.restores import Proof, Restore, proofs
from console.service_levels.kpis.share import Share
from console.service_levels.windows import windows_of

SIGNS = {"good": "▪", "warning": "!", "failed": "×", "missed": "–", "unknown": "?"}
_WORST = ("failed", "missed", "unknown", "warning", "good")
_MACHINES = "hypervisor"


@dataclass(frozen=True, slots=True)
class JobWeek:
    """One job over the period."""

    job: Job
    dues: tuple[Due, ...]
    is_copy: bool
    """It saves what other jobs saved."""
    takes: int | None
    """K10: how long a run is expected to take, in seconds."""

    @property
    def share(self) -> Share:
        """K8 of this job alone."""
        return success(self.dues)


def job_weeks(facts: WeekFacts, period: Interval | None = None) -> tuple[JobWeek, ...]:
    """Every job that should run, in the week or in another period."""
    written, found = runs(facts), jobs(facts)
    span = period or (facts.start, facts.cut)
    return tuple(
        JobWeek(
            one,
            _dues(facts, one, written, span),
            is_copy(one, found),
            run_length([run for run in recorded_runs(facts) if run.job == one.id], one.takes, facts.cut),
        )
        for one in found
    )


def _dues(facts: WeekFacts, job: Job, written: tuple[Run, ...], span: Interval) -> tuple[Due, ...]:
    """K8; before the first run that was written down, what became of a run is unknown, not missed.

    Where an agent sees the copies, one is missed that a look has not found; between two looks nobody can say.
    """
    planned = normal(
        (one.start, one.end)
        for one in windows_of(facts.client, facts.papers.get("maintenance", ()), span)
        if one.is_planned and job.host in one.hosts
    )
    known = union(evidence_of(facts, job.host), facts.after.get(job.host, ()))
    looks = sighted(facts, job)
    if looks is None:
        told_from = min((one.due for one in written if one.job == job.id), default=facts.now)
        known = clip(known, told_from, facts.now)
    else:
        known = intersection(known, looks.known)
    seen = Seen(known, planned)
    begins = max(span[0], facts.since.get(job.host, span[0]))
    return judged(job, written, seen, (facts.client.zone, begins, span[1]), facts.now)


def restore_proofs(facts: WeekFacts) -> tuple[Proof, ...]:
    """K11 of every service that a policy wants proof of; of several policies the strictest counts."""
    doc = facts.client.doc
    every: dict[str, int] = {}
    for policy in doc.policies.values() if doc else ():
        for service in (one for job in policy.jobs.values() for one in job.protects):
            if policy.restore_test_every:
                every[service] = min(policy.restore_test_every, every.get(service, policy.restore_test_every))
    tests = (
        Restore(one.service, one.at, one.result == "ok", one.duration)
        for one in of(facts, "restore-test", RestoreTestRecord)
    )
    return proofs(every, {id_: doc.services[id_].rto for id_ in every} if doc else {}, tests, today(facts))


def restore_words(proof: Proof, on: date) -> str:
    """`restore proven 20 Oct, 1 h 50`, `restore test 3 days overdue`, `never restore-tested`."""
    if proof.last is None:
        return "never restore-tested"
    if proof.is_proven:
        took = f", {shortly(proof.seconds)}" if proof.seconds is not None else ""
        return f"restore proven {day(proof.last)}{took}"
    late = proof.overdue(on)
    return f"restore test {late} day{'s' if late != 1 else ''} overdue"


def job_name(facts: WeekFacts, job: Job) -> str:
    """What a client calls it: the service that it saves, `VMs` for whole machines, else its id."""
    host = facts.client.hosts.get(job.host)
    if host is not None and host.role == _MACHINES:
        return "VMs"
    service = facts.client.services.get(job.protects[0]) if len(job.protects) == 1 else None
    return clean(service.name) if service else job.id


def nights(facts: WeekFacts, dues: tuple[Due, ...], period: Interval | None = None) -> str:
    """A sign a local day: the worst of the runs that were due on it."""
    return "".join(_sign(words) for words in by_day(facts, dues, period))


def by_day(facts: WeekFacts, dues: tuple[Due, ...], period: Interval | None = None) -> Iterator[list[str]]:
    """What came of the runs that were due on each local day of the week, or of another period."""
    start, end = period or (facts.start, facts.end)
    first, last = local(facts, start).date().toordinal(), local(facts, end - 1).date().toordinal()
    words: dict[int, list[str]] = {}
    for one in dues:
        words.setdefault(local(facts, one.at).date().toordinal(), []).append(one.word)
    return (words.get(number, []) for number in range(first, last + 1))


def _sign(words: list[str]) -> str:
    return next((SIGNS[one] for one in _WORST if one in words), " ")


def bad_nights(weeks: tuple[JobWeek, ...]) -> dict[str, list[Instant]]:
    """By job, when runs were due that left no copy."""
    return {
        one.job.id: [due.at for due in one.dues if due.word not in (*GOOD, "unknown")]
        for one in weeks
        if any(due.word not in (*GOOD, "unknown") for due in one.dues)
    }
