"""A line for every backup job, as a client reads it: its nights, how old its copies got, whether they were proven."""

from __future__ import annotations

from console.pages.week_sections import JobLine
from console.reports.weekly.backups import SIGNS, JobWeek, job_name, nights, restore_proofs, restore_words
from console.reports.weekly.copies import ServiceCopies, service_copies
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.records import local, today
from console.reports.weekly.spoken import shortly
from console.service_levels.intervals import length
from console.service_levels.kpis.jobs import Job
from console.service_levels.kpis.restores import Proof


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
        worst_age=_age(facts, mine[0]) if mine else "",
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


def _age(facts: WeekFacts, one: ServiceCopies) -> str:
    if one.worst is None:
        return "no copy yet" if one.share.known else "not known"
    if one.first is not None and one.worst <= one.rpo:
        return f"no copy before {local(facts, one.first):%a %H:%M}"
    if one.unproven and one.worst <= one.rpo:
        since, until = one.unproven[-1]
        last = f"since {local(facts, since):%a %H:%M}" if until == facts.cut else f"for {shortly(length(one.unproven))}"
        return f"not known {last}"
    if one.worst <= one.rpo:
        return f"never older than {shortly(one.rpo)}"
    limit = f"{one.rpo // 3600}" if one.rpo % 3600 == 0 else shortly(one.rpo)
    return f"oldest {shortly(one.worst)} (limit {limit})"


def _order(facts: WeekFacts, job: Job) -> tuple[int, str]:
    doc = facts.client.doc
    orders = [doc.services[one].recovery_order for one in job.protects if one in doc.services] if doc else []
    return min((one for one in orders if one is not None), default=99), job.id
