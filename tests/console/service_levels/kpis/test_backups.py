"""Backups: W23 to W25 of operating-model.md, 3.4, clock changes, and records that are not as they should be."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from builders import NEW_YORK, at

from checks.wording import percent
from console.service_levels.kpis.backups import (
    Point,
    Run,
    Seen,
    first_try,
    judged,
    points,
    rpo,
    run_length,
    slack,
    success,
    worst_age,
)
from console.service_levels.kpis.jobs import Job, due_runs
from console.service_levels.kpis.share import Share, pooled

HOUR, DAY = 3600, 86_400
START, END = at("Mon 00:00"), at("2026-11-16T00:00")
WEEK = (NEW_YORK, START, END)
NOW = at("2026-11-16T09:30")
FILES = Job("files-night", "fs01", None, 23 * 60, DAY, 6 * HOUR, ("files",))
VMS = Job("vm-night", "hv01", None, 23 * 60, DAY, 6 * HOUR, ("identity",))
ERP = Job("erp-dump", "erp01", None, 0, 4 * HOUR, 4 * HOUR, ("erp",))
OFFSITE = Job("offsite-week", "bkp01", 6, 4 * 60, 7 * DAY, 12 * HOUR, ("erp", "files"))
HEARD = Seen(((START - DAY, NOW),))


def a_run(job: Job, due: int, result: str = "ok", takes: int = 40 * 60, attempt: int = 1, late: int = 0) -> Run:
    if result == "missed":
        return Run(job.id, due, result)
    return Run(job.id, due, result, due + late, due + late + takes, due + late if result != "failed" else None, attempt)


def files_runs() -> list[Run]:
    words = {at("Tue 23:00"): "failed", at("Wed 23:00"): "missed"}
    dues = (START - HOUR, *due_runs(FILES, NEW_YORK, START, END))
    return [a_run(FILES, due, words.get(due, "ok")) for due in dues]


def erp_runs() -> list[Run]:
    noon = at("Fri 12:00")
    runs = [
        a_run(ERP, due, "failed" if due == noon else "ok", takes=300) for due in due_runs(ERP, NEW_YORK, START, END)
    ]
    return [*runs, a_run(ERP, noon, takes=300, attempt=2, late=1800)]


def test_w23_55_of_57_were_good_and_not_only_those_at_the_first_try() -> None:
    warned = at("Thu 23:00")
    vms = [a_run(VMS, due, "warning" if due == warned else "ok") for due in due_runs(VMS, NEW_YORK, START, END)]
    offsite = [a_run(OFFSITE, due) for due in due_runs(OFFSITE, NEW_YORK, START, END)]
    groups = ((VMS, vms), (ERP, erp_runs()), (FILES, files_runs()), (OFFSITE, offsite))
    dues = {job.id: judged(job, runs, HEARD, WEEK, NOW) for job, runs in groups}

    each = {job: (success(found).good, success(found).known) for job, found in dues.items()}
    assert each == {"vm-night": (7, 7), "erp-dump": (42, 42), "files-night": (5, 7), "offsite-week": (1, 1)}
    whole = pooled(success(found) for found in dues.values())
    assert (whole, whole.shows, whole.verdict(Fraction(98, 100))) == (Share(55, 57), "96.49 %", "missed")
    first = pooled(first_try(found) for found in dues.values())
    assert (first, first.shows) == (Share(54, 57), "94.73 %")  # not 94.73 % as the rate of success
    assert [one.word for one in dues["files-night"]] == ["good", "failed", "missed", "good", "good", "good", "good"]


def test_w24_files_were_inside_their_rpo_for_72_percent_of_the_week_and_not_for_5_nights_of_7() -> None:
    found = points(files_runs())
    share = rpo(found, 26 * HOUR, ((START, END),), (START, END))
    assert (share, share.shows) == (Share(436_800, 604_800), "72.22 %")  # not 71.4 %
    assert worst_age(found, (START, END), ((START, END),)) == 72 * HOUR + 40 * 60


def test_w25_a_night_and_forty_minutes_reach_26_hours_and_not_24() -> None:
    takes = run_length(files_runs(), None, NOW)
    assert takes == 40 * 60
    assert slack(DAY, takes, 24 * HOUR) == -40 * 60
    assert slack(DAY, takes, 26 * HOUR) == 80 * 60  # slack 1 h 20 min


def test_with_fewer_than_three_runs_the_planned_length_counts() -> None:
    assert run_length([a_run(FILES, START), a_run(FILES, START + DAY)], 55 * 60, NOW) == 55 * 60
    assert run_length([], None, NOW) is None


def test_the_point_of_a_run_counts_from_its_start_and_only_once_it_is_usable() -> None:
    period = (0, 10 * HOUR)
    assert rpo([Point(HOUR, 2 * HOUR)], 3 * HOUR, (period,), period) == Share(2 * HOUR, 10 * HOUR)
    assert rpo([], 3 * HOUR, (period,), period).shows == "0.00 %"  # before the very first point nothing is kept
    assert rpo([], 3 * HOUR, (), period).shows == "no data"
    assert worst_age([], period, (period,)) is None
    assert (
        worst_age([Point(HOUR, 2 * HOUR), Point(0, 3 * HOUR)], period, (period,)) == 9 * HOUR
    )  # an older copy makes none younger


def test_a_silent_agent_leaves_a_run_unknown_and_a_talking_one_makes_it_missed() -> None:
    known = Seen(((START, at("Wed 12:00")),))
    dues = judged(FILES, [], known, WEEK, NOW)
    assert [one.word for one in dues] == ["missed", "missed", *["unknown"] * 5]
    share = success(dues)
    assert (share, share.verdict(Fraction(1, 2))) == (Share(0, 2, 5), "unproven")


def test_a_run_inside_a_window_of_its_machine_is_not_due_unless_it_ran() -> None:
    planned = Seen(HEARD.known, ((at("Tue 22:00"), at("Wed 01:00")), (at("Wed 22:00"), at("Wed 23:00"))))
    dues = judged(FILES, [a_run(FILES, at("Wed 23:00"), "failed")], planned, WEEK, NOW)
    assert at("Tue 23:00") not in [one.at for one in dues]
    assert len(dues) == 6  # that window ends as the run begins
    ran = judged(FILES, [a_run(FILES, at("Tue 23:00"))], planned, WEEK, NOW)
    assert [one.word for one in ran if one.at == at("Tue 23:00")] == ["good"]


def test_a_run_that_ends_as_its_window_does_is_inside_and_a_second_later_is_not() -> None:
    for takes, word in ((6 * HOUR, "good"), (6 * HOUR + 1, "failed")):
        dues = judged(FILES, [a_run(FILES, at("Mon 23:00"), takes=takes)], HEARD, WEEK, NOW)
        assert dues[0].word == word


def test_nobody_judges_a_run_before_its_window_is_over() -> None:
    early = at("Tue 01:00")
    assert judged(FILES, [], HEARD, WEEK, early) == ()
    assert judged(FILES, [a_run(FILES, at("Mon 23:00"), "failed")], HEARD, WEEK, early) == ()
    assert judged(FILES, [a_run(FILES, at("Mon 23:00"), takes=4 * HOUR)], HEARD, WEEK, early) == ()  # still running
    assert [one.word for one in judged(FILES, files_runs(), HEARD, WEEK, early)] == ["good"]


def test_the_same_record_twice_and_one_of_the_future_change_nothing() -> None:
    once = judged(FILES, files_runs(), HEARD, WEEK, NOW)
    future = a_run(FILES, NOW + DAY)
    assert judged(FILES, [*files_runs(), *reversed(files_runs()), future], HEARD, WEEK, NOW) == once


def test_a_run_recorded_a_minute_after_it_was_due_is_the_run_that_was_due() -> None:
    runs = [Run("files-night", one.due + 60, one.result, one.started, one.ended, one.point) for one in files_runs()]
    assert [one.word for one in judged(FILES, runs, HEARD, WEEK, NOW)] == [
        one.word for one in judged(FILES, files_runs(), HEARD, WEEK, NOW)
    ]


def test_jobs_keep_their_wall_clock_through_both_clock_changes() -> None:
    hourly = Job("hourly", "box", None, 0, HOUR, HOUR)
    autumn = at("2026-10-26T00:00"), at("2026-11-02T00:00")
    spring = at("2026-03-02T00:00"), at("2026-03-09T00:00")
    for start, end in (autumn, spring):
        assert len(due_runs(FILES, NEW_YORK, start, end)) == 7
        assert len(due_runs(ERP, NEW_YORK, start, end)) == 42
        assert len(due_runs(OFFSITE, NEW_YORK, start, end)) == 1
    assert autumn[1] - autumn[0] == 608_400
    assert len(due_runs(hourly, NEW_YORK, *autumn)) == 168  # 01:00 is twice, and due once
    assert len(due_runs(hourly, NEW_YORK, *spring)) == 167  # 02:00 is not there
    assert spring[1] - spring[0] == 601_200
    gaps = {after - before for before, after in pairwise(due_runs(FILES, NEW_YORK, *autumn))}
    assert gaps == {DAY, 25 * HOUR}


def test_what_is_less_than_good_is_shown_down() -> None:
    assert percent(Fraction(99_999, 100_000)) == "99.99 %"
    assert Share(0, 0).shows == "nothing due"
