"""The records of a week's facts, as the formulas take them: jobs, runs, updates, tests, times in the client's zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache, reduce
from typing import TypeVar

from checks.reading import Instant
from console.operating_model import words
from console.operating_model.gaps import gaps
from console.operating_model.gaps.gap import Gap
from console.operating_model.schema.facts import BackupRunRecord, FactRecord, WorkLogRecord
from console.operating_model.schema.governance import JobDoc
from console.operating_model.schema.records import (
    AbsenceRecord,
    ActionRecord,
    DecisionRecord,
    MaintenanceRecord,
    RestoreTestRecord,
    WaiverRecord,
)
from console.operating_model.schema.scalars import seconds
from console.reports.weekly.facts import Sighted, WeekFacts
from console.service_levels.intervals import Intervals, intersection, union
from console.service_levels.kpis.backups import Run
from console.service_levels.kpis.jobs import Job
from console.service_levels.windows import each_time

_FORTNIGHT = 14 * 86_400
Kept = AbsenceRecord | ActionRecord | DecisionRecord | MaintenanceRecord | RestoreTestRecord | WaiverRecord | FactRecord
Kind = TypeVar("Kind", bound=Kept)


def of(facts: WeekFacts, word: str, kind: type[Kind]) -> list[Kind]:
    """The records of one kind, such as `backup-run`."""
    return [one for one in facts.papers.get(word, ()) if isinstance(one, kind)]


def work_logs(facts: WeekFacts) -> tuple[WorkLogRecord, ...]:
    """What was logged in the week, each entry once."""
    found = {one.name: one for one in of(facts, "work-log", WorkLogRecord)}.values()
    return tuple(one for one in found if facts.start <= seconds(one.start) < facts.cut)


def open_actions(facts: WeekFacts) -> tuple[ActionRecord, ...]:
    """What was agreed and not done by the cut-off, the next one first."""
    day = today(facts)
    known = (one for one in of(facts, "action", ActionRecord) if one.at is None or one.at <= day)
    undone = (one for one in known if one.done is None or one.done > day)
    return tuple(sorted(undone, key=lambda one: (one.due, one.id)))


@lru_cache(maxsize=2)
def open_gaps(facts: WeekFacts) -> tuple[Gap, ...]:
    """The gaps of the client's model at the cut-off; none where no document is."""
    return tuple(gaps(facts.standing)) if facts.standing else ()


def today(facts: WeekFacts) -> date:
    """The local date just before the cut-off: date(cut-off − 1 s)."""
    return local(facts, facts.cut - 1).date()


def local(facts: WeekFacts, at: Instant) -> datetime:
    """An instant in the client's zone."""
    return datetime.fromtimestamp(at, facts.client.zone)


def day_of(facts: WeekFacts, moment: datetime) -> date:
    """The client's local date of an instant."""
    return moment.astimezone(facts.client.zone).date()


def wanted(facts: WeekFacts, kpi: str) -> Fraction | None:
    """The target of a KPI of the model as a share; None where it sets none."""
    doc = facts.client.doc
    found = doc.kpis.get(kpi) if doc else None
    return None if found is None or found.target is None else Fraction(str(found.target)) / 100


def jobs(facts: WeekFacts) -> tuple[Job, ...]:
    """Backup jobs that should run, in the order of the model."""
    doc = facts.client.doc
    policies = doc.policies.values() if doc else ()
    return tuple(_job(id_, job) for policy in policies for id_, job in policy.jobs.items())


def _job(id_: str, doc: JobDoc) -> Job:
    weekday, minute = words.job_time(doc.at)
    protects = tuple(doc.protects)
    return Job(id_, doc.host, weekday, minute, doc.every, doc.window, protects, doc.to, doc.takes)


def is_copy(job: Job, others: tuple[Job, ...]) -> bool:
    """Whether it saves the target of other jobs: a copy of copies, whose points are no younger than theirs."""
    return any(job.host == other.to for other in others if other.id != job.id)


@lru_cache(maxsize=2)
def runs(facts: WeekFacts) -> tuple[Run, ...]:
    """Every try of a backup job that had ended, or was missed, by now.

    Of a job that no record tells of, the copies that the agent of its host saw are the runs that went well.
    """
    found = recorded_runs(facts)
    told = {one.job for one in found}
    silent = [job for job in jobs(facts) if job.id not in told]
    return (*found, *(run for job in silent for run in _seen_runs(facts, job)))


@lru_cache(maxsize=2)
def recorded_runs(facts: WeekFacts) -> tuple[Run, ...]:
    """The tries that records tell of: only of these is known how long they took."""
    return tuple(
        _run(one) for one in of(facts, "backup-run", BackupRunRecord) if seconds(one.ended or one.due) <= facts.now
    )


def _seen_runs(facts: WeekFacts, job: Job) -> Iterator[Run]:
    """The copies of one job that the agent of its host saw."""
    seen = facts.copies.get(job.host, {})
    for at in (at for key in _backups_of(facts, job) for at in seen[key]):
        ends = at + (job.takes or 0)
        if ends <= facts.now:
            yield Run(job.id, at, "ok", at, ends, at)


def _backups_of(facts: WeekFacts, job: Job) -> tuple[str, ...]:
    """What an agent sees of one job: the backups that are called like it, else the only one of its host's only job."""
    seen = tuple(facts.copies.get(job.host, {}))
    mine = tuple(key for key in seen if key.partition(" ")[2] == job.id)
    alone = len(seen) == 1 and [other.host for other in jobs(facts)].count(job.host) == 1
    return mine or (seen if alone else ())


def sighted(facts: WeekFacts, job: Job) -> Sighted | None:
    """When an agent could see the copies of a job that no record tells of; None where records tell, or nobody said."""
    if job.id in {one.job for one in recorded_runs(facts)}:
        return None
    looks = facts.sighted.get(job.host, {})
    found = [looks[key] for key in _backups_of(facts, job) if key in looks]
    return reduce(_both, found) if found else None


def _both(one: Sighted, other: Sighted) -> Sighted:
    return Sighted(intersection(one.known, other.known), intersection(one.followed, other.followed))


def _run(one: BackupRunRecord) -> Run:
    started, ended, point = (
        None if at is None else seconds(at) for at in (one.started, one.ended, one.restore_point_at)
    )
    return Run(one.job, seconds(one.due), one.result, started, ended, point, one.attempt)


def evidence_of(facts: WeekFacts, host: str) -> Intervals:
    """When the state of a host is known: it was heard, or it, or what carries it, was down for certain."""
    record = facts.hosts.get(host)
    below = facts.client.hosts[host].runs_on if host in facts.client.hosts else ""
    carried = evidence_of_outages(facts, below) if below else ()
    return union(record.known, record.outages, carried) if record else carried


def evidence_of_outages(facts: WeekFacts, host: str) -> Intervals:
    """When a host was down for certain, by itself or with what carries it."""
    record = facts.hosts.get(host)
    below = facts.client.hosts[host].runs_on if host in facts.client.hosts else ""
    mine = record.outages if record else ()
    return union(mine, evidence_of_outages(facts, below)) if below else mine


def windows(facts: WeekFacts) -> Iterator[MaintenanceRecord]:
    """Each time of maintenance that was not called off, from a fortnight before the week to a month after it."""
    period = facts.start - _FORTNIGHT, facts.cut + 2 * _FORTNIGHT
    found = each_time(facts.client, of(facts, "maintenance", MaintenanceRecord), period)
    return (one for one in found if one.cancelled is None)
