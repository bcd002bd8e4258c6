"""Section 3 of the page, backups: what came of every run that was due, how old the newest copy got, what is proven.

K8 to K11 of operating-model.md, 3.3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from checks.reading import Instant
from checks.text import clean
from console.operating_model.schema.records import RestoreTestRecord
from console.pages.week_sections import JobLine
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.records import evidence_of, is_copy, jobs, local, of, runs, today
from console.reports.weekly.spoken import day, shortly
from console.service_levels.intervals import Interval, clip, normal, union
from console.service_levels.kpis.backups import (
    GOOD,
    Due,
    Point,
    Run,
    Seen,
    judged,
    points,
    rpo,
    run_length,
    slack,
    success,
    worst_age,
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


@dataclass(frozen=True, slots=True)
class ServiceCopies:
    """How one service's copies stood over the period."""

    service: str
    rpo: int
    share: Share
    """K9, in seconds."""
    worst: int | None
    """The greatest age that its newest usable copy reached, in seconds; None where there was none."""
    last: Point | None
    slack: int | None
    """K10: what interval and length of its best job leave of the RPO, in seconds; None where no length is known."""
    jobs: tuple[str, ...]
    copies: tuple[Point, ...] = ()
    """Its copies of the period, the newest first, and the last one from before."""


def job_weeks(facts: WeekFacts, period: Interval | None = None) -> tuple[JobWeek, ...]:
    """Every job that should run, in the week or in another period."""
    written, found = runs(facts), jobs(facts)
    span = period or (facts.start, facts.cut)
    return tuple(
        JobWeek(
            one,
            _dues(facts, one, written, span),
            is_copy(one, found),
            run_length([run for run in written if run.job == one.id], one.takes),
        )
        for one in found
    )


def _dues(facts: WeekFacts, job: Job, written: tuple[Run, ...], span: Interval) -> tuple[Due, ...]:
    """K8; before the first run that was written down, what became of a run is unknown, not missed."""
    planned = normal(
        (one.start, one.end)
        for one in windows_of(facts.client, facts.papers.get("maintenance", ()), span)
        if one.is_planned and job.host in one.hosts
    )
    told_from = min((one.due for one in written if one.job == job.id), default=facts.now)
    known = union(evidence_of(facts, job.host), facts.after.get(job.host, ()))
    seen = Seen(clip(known, told_from, facts.now), planned)
    begins = max(span[0], facts.since.get(job.host, span[0]))
    return judged(job, written, seen, (facts.client.zone, begins, span[1]), facts.now)


def service_copies(facts: WeekFacts, weeks: tuple[JobWeek, ...]) -> tuple[ServiceCopies, ...]:
    """K9 and K10 of every service that promises how much work may be lost."""
    doc = facts.client.doc
    found = []
    for id_, service in doc.services.items() if doc else ():
        mine = [one for one in weeks if id_ in one.job.protects and not one.is_copy]
        if service.rpo is not None and mine:
            found.append(_copies(facts, id_, service.rpo, mine))
    return tuple(found)


def _copies(facts: WeekFacts, service: str, limit: int, weeks: list[JobWeek]) -> ServiceCopies:
    period = facts.start, facts.cut
    names = tuple(one.job.id for one in weeks)
    kept = points(one for one in runs(facts) if one.job in names)
    known = evidence_of(facts, weeks[0].job.host)
    lengths = [slack(one.job.every, one.takes, limit) for one in weeks if one.takes is not None]
    return ServiceCopies(
        service,
        limit,
        rpo(kept, limit, known, period),
        worst_age(kept, period),
        max((one for one in kept if one.usable <= facts.cut), key=lambda one: one.start, default=None),
        max(lengths, default=None),
        names,
        _lately(kept, period),
    )


def _lately(kept: Sequence[Point], period: Interval) -> tuple[Point, ...]:
    """The copies that became usable in a period, the newest first, and the last one from before it."""
    before = [one for one in kept if one.usable < period[0]]
    mine = [one for one in kept if period[0] <= one.usable <= period[1]]
    return tuple(sorted([*mine, *before[-1:]], key=lambda one: one.usable, reverse=True))


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


def job_lines(facts: WeekFacts, weeks: tuple[JobWeek, ...]) -> tuple[JobLine, ...]:
    """A line for every job as a client reads it: what must be back first stands first.

    A copy of copies that went well stands in the sum alone.
    """
    copies = {one.service: one for one in service_copies(facts, weeks)}
    proven = {one.service: one for one in restore_proofs(facts)}
    shown = [one for one in weeks if not (one.is_copy and one.share.good == one.share.known + one.share.unknown)]
    return tuple(_line(facts, one, copies, proven) for one in sorted(shown, key=lambda one: _order(facts, one.job)))


def _line(facts: WeekFacts, week: JobWeek, copies: dict[str, ServiceCopies], proven: dict[str, Proof]) -> JobLine:
    mine = [copies[one] for one in week.job.protects if one in copies and not week.is_copy]
    proofs_ = [proven[one] for one in week.job.protects if one in proven]
    share = week.share
    return JobLine(
        job=week.job.id,
        name=job_name(facts, week.job),
        good=share.good,
        due=share.known,
        nights=nights(facts, week.dues).replace(SIGNS["warning"], SIGNS["good"]),
        worst_age=_age(mine[0]) if mine else "",
        restore=restore_words(proofs_[0], today(facts)) if proofs_ else "",
        light=_light(week, mine, proofs_),
    )


def _light(week: JobWeek, copies: list[ServiceCopies], proven: list[Proof]) -> str:
    """`missed` where a run or the RPO was, `watch` where something is not proven."""
    share = week.share
    if share.good < share.known or any(one.share.good < one.share.known for one in copies):
        return "missed"
    if not share.known:
        return "watch" if share.unknown else ""
    is_proven = all(one.is_proven for one in proven)
    return "ok" if is_proven and not share.unknown else "watch"


def _age(one: ServiceCopies) -> str:
    if one.worst is None:
        return "no copy yet"
    if one.worst <= one.rpo:
        return f"never older than {shortly(one.rpo)}"
    limit = f"{one.rpo // 3600}" if one.rpo % 3600 == 0 else shortly(one.rpo)
    return f"oldest {shortly(one.worst)} (limit {limit})"


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


def _order(facts: WeekFacts, job: Job) -> tuple[int, str]:
    doc = facts.client.doc
    orders = [doc.services[one].recovery_order for one in job.protects if one in doc.services] if doc else []
    return min((one for one in orders if one is not None), default=99), job.id


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


def rpo_target(facts: WeekFacts) -> Fraction | None:
    """The share of time in which copies must be young enough; None where the model sets none."""
    doc = facts.client.doc
    found = doc.kpis.get("rpo_time") if doc else None
    return None if found is None or found.target is None else Fraction(str(found.target)) / 100


def bad_nights(weeks: tuple[JobWeek, ...]) -> dict[str, list[Instant]]:
    """By job, when runs were due that left no copy."""
    return {
        one.job.id: [due.at for due in one.dues if due.word not in (*GOOD, "unknown")]
        for one in weeks
        if any(due.word not in (*GOOD, "unknown") for due in one.dues)
    }
