"""Section 3 of the page as figures: backups (K8 to K11) and updates (K6, K7), each with what it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from checks.text import clean
from console.operating_model.schema.records import RestoreTestRecord
from console.pages.figures import Figure, Input
from console.reports.weekly.backups import (
    JobWeek,
    job_weeks,
    restore_proofs,
    restore_words,
)
from console.reports.weekly.copies import ServiceCopies, rpo_target, service_copies
from console.reports.weekly.facts import WeekFacts
from console.reports.weekly.numbers import Called, count_figure, share_figure
from console.reports.weekly.records import of, today, wanted
from console.reports.weekly.spoken import capped, exactly, shortly
from console.reports.weekly.updates import Updates, updates
from console.reports.wording import moment
from console.service_levels.kpis.backups import GOOD, Due, first_try, success
from console.service_levels.kpis.patches import HostPatches, Missing, compliance, overdue_days
from console.service_levels.kpis.restores import Proof
from console.service_levels.kpis.share import Share

_RUNS = "backup-run records, and the schedule of the model's jobs"
_ITEMS = "patch-scan, patch-item and waiver records"
_TESTS = "restore-test records"


def protection_figures(facts: WeekFacts) -> tuple[Figure, ...]:
    """Every number of section 3."""
    weeks = job_weeks(facts)
    found = [*_patch_figures(facts), *_backup_figures(facts, weeks)]
    return (*found, *_copy_figures(facts, weeks), *_restore_figures(facts))


def _backup_figures(facts: WeekFacts, weeks: tuple[JobWeek, ...]) -> Iterator[Figure]:
    if not weeks:
        return
    dues = [due for one in weeks for due in one.dues]
    target = wanted(facts, "backup_success")
    yield share_figure(Called("K8", "backup success"), success(dues), target, _run_inputs(facts, dues))
    yield share_figure(Called("K8", "first try"), first_try(dues), None, _run_inputs(facts, dues))
    for one in weeks:
        called = Called("K8", "backup success", one.job.id)
        yield share_figure(called, one.share, target, _run_inputs(facts, list(one.dues)))


def _run_inputs(facts: WeekFacts, dues: list[Due]) -> tuple[Input, ...]:
    good, unknown = sum(one.word in GOOD for one in dues), sum(one.word == "unknown" for one in dues)
    bad = capped(
        f"{one.job}, due {moment(one.at, facts.client.zone)}: {one.word}" for one in dues if one.word != "good"
    )
    ended = sorted((one for one in dues if one.word in GOOD), key=lambda one: (one.is_first_try, one.at))
    again = capped(
        f"{one.job}, due {moment(one.at, facts.client.zone)}: {one.word}"
        + ("" if one.is_first_try else f" after {len(one.tries)} tries")
        for one in ended
    )
    return (
        Input("good, runs with a usable restore point inside their window", str(good), _RUNS, again),
        Input("due, runs that were due and can be judged", str(len(dues) - unknown), _RUNS, bad),
        Input("unknown, runs of which nobody can say", str(unknown), "silence of the agent"),
    )


def _copy_figures(facts: WeekFacts, weeks: tuple[JobWeek, ...]) -> Iterator[Figure]:
    target = rpo_target(facts)
    for one in service_copies(facts, weeks):
        inputs = _copy_inputs(facts, one)
        called = Called("K9", "RPO compliance", one.service)
        yield share_figure(called, one.share, target, inputs, _worst(facts, one))
        if one.worst is not None:
            yield Figure(
                "K9", "worst age of the newest copy", exactly(one.worst), one.service, unit="s",
                value=(one.worst, 1), target=exactly(one.rpo), inputs=inputs,
                verdict=_worst_verdict(one),
            )  # fmt: skip
        yield _reach_figure(one, weeks)


def _worst_verdict(one: ServiceCopies) -> str:
    if (one.worst or 0) > one.rpo or one.first is not None:
        return "missed"
    return "unproven" if one.unproven else "met"


def _worst(facts: WeekFacts, one: ServiceCopies) -> str:
    """How old the newest copy got, and since when there is one at all where that was not always so."""
    if one.worst is None:
        return "no copy yet" if one.share.known else "its copies are not known"
    worst = f"worst age {exactly(one.worst)}"
    return worst if one.first is None else f"{worst}, no copy before {moment(one.first, facts.client.zone)}"


def _copy_inputs(facts: WeekFacts, one: ServiceCopies) -> tuple[Input, ...]:
    bad = one.share.known - one.share.good
    zone = facts.client.zone
    last = moment(one.last.start, zone) if one.last else "none"
    copies = capped(f"as of {moment(each.start, zone)}, usable {moment(each.usable, zone)}" for each in one.copies)
    return (
        Input("RPO", exactly(one.rpo), "the model"),
        Input("K, known seconds", str(one.share.known), "evidence of the host that is saved"),
        Input("seconds in which the newest copy was too old", str(bad), _RUNS),
        Input("state of the newest copy at the end", last, _RUNS, copies),
        Input("jobs", ", ".join(one.jobs), "the model"),
    )


def _reach_figure(one: ServiceCopies, weeks: Sequence[JobWeek]) -> Figure:
    """K10: whether the schedule can keep the promise at all."""
    if one.slack is None:
        return Figure("K10", "RPO reachable", "no data", one.service, note="no length of a run is known or planned")
    is_reachable = one.slack >= 0
    runs = capped(
        f"{each.job.id}: every {exactly(each.job.every)}, a run takes {exactly(each.takes)}"
        for each in weeks
        if each.job.id in one.jobs and each.takes is not None
    )
    return Figure(
        kpi="K10",
        name="RPO reachable",
        about=one.service,
        shows=f"yes, slack {shortly(one.slack)}" if is_reachable else f"no, short by {shortly(-one.slack)}",
        unit="s",
        value=(one.slack, 1),
        verdict="met" if is_reachable else "missed",
        light="ok" if is_reachable else "missed",
        inputs=(
            Input("RPO", exactly(one.rpo), "the model"),
            Input("interval + expected length", exactly(one.rpo - one.slack), _RUNS, runs),
        ),
    )


def _restore_figures(facts: WeekFacts) -> Iterator[Figure]:
    found = restore_proofs(facts)
    if not found:
        return
    proven = Share(sum(one.is_proven for one in found), len(found))
    lines = capped(f"{one.service}: {restore_words(one, today(facts))}" for one in found)
    inputs = (
        Input("proven services", str(proven.good), _TESTS, lines),
        Input("services that need proof", str(proven.known), "policies with restore_test_every"),
    )
    yield share_figure(Called("K11", "restore proof", span="end"), proven, Fraction(1), inputs)
    yield from (_proof_figure(facts, one) for one in found)


def _proof_figure(facts: WeekFacts, one: Proof) -> Figure:
    light = "ok" if one.is_proven else "missed" if one.last else "watch"
    age = (today(facts) - one.last).days if one.last else None
    rto = "" if one.is_rto_proven is None else "RTO proven" if one.is_rto_proven else "RTO not proven"
    return Figure(
        "K11", "restore proof", "never" if age is None else f"{age} days old", one.service, "end", "days",
        None if age is None else (age, 1), verdict="met" if one.is_proven else "missed", light=light, note=rto,
        inputs=(Input("newest test that worked", str(one.last or "none"), _TESTS, _tests(facts, one.service)),),
    )  # fmt: skip


def _tests(facts: WeekFacts, service: str) -> tuple[str, ...]:
    """Every test of a service until the cut-off, the newest first."""
    tests = (one for one in of(facts, "restore-test", RestoreTestRecord) if one.at <= today(facts))
    mine = sorted((one for one in tests if one.service == service), key=lambda one: one.at, reverse=True)
    return capped(
        clean(f"{one.at}: {one.result}, {one.what or 'not said what'}, by {one.by}")
        + (f", took {shortly(one.duration)}" if one.duration else "")
        for one in mine
    )


def _patch_figures(facts: WeekFacts) -> Iterator[Figure]:
    found = updates(facts)
    if found is None:
        return
    for severity in found.limits:
        policy, exposure = compliance(found.stood, severity)
        inputs = _patch_inputs(facts, found, severity)
        target = wanted(facts, f"patch_{severity}")
        yield share_figure(Called("K6", "patch compliance", severity, "end"), policy, target, inputs)
        yield share_figure(Called("K6", "patch exposure", severity, "end"), exposure, None, inputs)
    days, waived = overdue_days(found.assessed, found.missing, found.limits, today(facts))
    lines = capped(_missing_line(facts, one) for one in found.missing)
    inputs = (
        Input("days beyond the limit, over hosts and updates", str(days), _ITEMS, lines),
        Input("of them waived", str(waived), _ITEMS),
    )
    called = Called("K7", "overdue patch-days", span="end")
    yield count_figure(called, days, "days", inputs, f"{waived} of them waived" if waived else "")


def _patch_inputs(facts: WeekFacts, found: Updates, severity: str) -> tuple[Input, ...]:
    line = found.line(severity)
    good = [one.host for one in line if one.state in ("within", "soon")]
    lines = capped(_missing_line(facts, one) for one in found.missing if one.severity == severity)
    return (
        Input("limit", f"{found.limits[severity]} days", f"policy {found.policy}"),
        Input("compliant hosts", str(len(good)), _ITEMS, capped(f"{one}: nothing is late" for one in good)),
        Input("waived hosts", _hosts(line, "waived"), _ITEMS),
        Input("late hosts", _hosts(line, "late"), _ITEMS, lines),
        Input("hosts not assessed", _hosts(line, "unseen"), "no scan that is young enough"),
    )


def _hosts(line: tuple[HostPatches, ...], state: str) -> str:
    found = [one.host for one in line if one.state == state]
    return f"{len(found)}: {', '.join(found)}" if found else "0"


def _missing_line(facts: WeekFacts, one: Missing) -> str:
    waits = ", waits for a restart" if one.waits_for_restart else ""
    leave = f", waived by {one.waived_by}" if one.waived_by else ""
    age = one.age(today(facts))
    return clean(f"{one.host}: {one.patch}, {one.severity}, {age} days old{waits}{leave}")
